"""Unusual code that two students share is shown; what many have, or all were given, is not."""

import tracemalloc

import pytest

from course import show
from course.similar import Pair, fingerprints, similar_pairs

USUAL = """def mean(values):
    total = 0
    for value in values:
        total += value
    return total / len(values)
"""
ODD = """def mean(values):
    wurst = list(map(float, values))  # no idea why float
    while len(wurst) > 1:
        senf = wurst.pop(); wurst[0] = wurst[0] + senf
    return wurst.pop() * len(values) ** -1
"""


def class_of(count: int) -> dict[str, dict[str, str]]:
    own = {f"s{n:02}": f"def mean(values):\n    return np.mean(values[::{n}]) + {n} - {n}\n"
           for n in range(1, count + 1)}  # fmt: skip
    return {student: {"mean": source} for student, source in own.items()}


def test_a_copied_oddity_comes_first():
    answers = class_of(30)
    answers["s03"]["mean"] = ODD
    answers["s17"]["mean"] = ODD.replace("    ", "  ")  # indented otherwise
    pairs = similar_pairs(answers, [])
    assert pairs[0].students == ("s03", "s17")
    assert pairs[0].exercises == ("mean",)
    assert "wurst" in pairs[0].sample
    assert all(pair.bits < pairs[0].bits / 3 for pair in pairs[1:])


def test_what_everybody_was_given_does_not_count():
    answers = class_of(12)
    answers["s03"]["mean"] = answers["s07"]["mean"] = ODD
    assert all(pair.students != ("s03", "s07") for pair in similar_pairs(answers, [ODD]))


def test_what_many_wrote_does_not_count():
    answers = {f"s{n:02}": {"mean": USUAL} for n in range(20)}
    assert similar_pairs(answers, []) == []


def test_broken_code_is_compared_too():
    answers = class_of(12)
    broken = ODD.replace("(map(", "((map(")
    answers["s03"]["mean"] = answers["s07"]["mean"] = broken
    assert similar_pairs(answers, [])[0].students == ("s03", "s07")


def test_a_class_of_thousands_is_done_in_one_pass():
    answers = class_of(3000)
    answers["s03"]["mean"] = ODD
    answers["s2000"]["mean"] = ODD
    pairs = similar_pairs(answers, [], most=3)
    assert set(pairs[0].students) == {"s03", "s2000"}


@pytest.mark.parametrize("begin", ["x = [", "x = ((]  "])  # the second cannot be read as Python
def test_one_long_line_takes_no_more_than_many_short_ones(begin):
    source = f"    {begin}" + ", ".join(f"{n} + {n}" for n in range(5_000)) + "]"
    tracemalloc.start()
    fingerprints(source)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 500 * len(source)


def test_what_a_student_wrote_does_not_command_the_terminal(capsys):
    show.pairs(
        [Pair(("ada", "b\x1b[31mo"), 9.0, ("[red]mean",), "x = '\x1b[2J\x1b]0;evil\x07[b]'")]
    )
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "[red]mean" in out
    assert "[b]" in out
