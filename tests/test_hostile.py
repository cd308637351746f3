"""No attack earns a point, reads a secret, disturbs anyone or stops the class."""

import sys

import pytest

from tests.hostile.attack import read_attacks
from tests.hostile.ours import run_ours
from tests.hostile.verdict import Verdict, table

ATTACKS = read_attacks()

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the sandbox needs Linux")


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """What each attack achieved in one class, an honest submission after each."""
    return run_ours(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_reaches_nothing(attack, verdicts):
    assert verdicts[attack.name].failures == []


def test_there_are_enough_attacks_of_every_kind():
    assert len(ATTACKS) >= 45
    assert {attack.aim for attack in ATTACKS} == {"points", "secrets", "stop", "disturb"}


def test_the_table_shows_what_was_reached():
    reached = {ATTACKS[0].name: Verdict(ATTACKS[0].name, failures=["2 of 2 points"])}
    assert "2 of 2 points" in table(ATTACKS[:1], {}, reached)
