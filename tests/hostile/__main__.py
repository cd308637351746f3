"""Print what the attacks achieve against this grader and against plain nbgrader.

python -m tests.hostile [--only ours|plain] [ATTACK]...
"""

import argparse
import sys

from tests.hostile.attack import read_attacks
from tests.hostile.verdict import table


def main() -> int:
    """Run the attacks; return 0 where this grader held against all of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    parser.add_argument("attacks", nargs="*", metavar="ATTACK")
    parser.add_argument("--only", choices=("ours", "plain"))
    arguments = parser.parse_args()
    attacks = read_attacks(tuple(arguments.attacks))
    ours, plain = {}, {}
    if arguments.only != "plain":
        from tests.hostile.ours import run_ours

        ours = run_ours(attacks, on_verdict=_tell)
    if arguments.only != "ours":
        from tests.hostile.plain import run_plain

        plain = run_plain(attacks, on_verdict=_tell)
    print(table(attacks, ours, plain))
    return 0 if all(verdict.held for verdict in ours.values()) else 1


def _tell(verdict) -> None:
    outcome = "held" if verdict.held else "; ".join(verdict.failures)
    print(f"{verdict.attack}: {outcome} ({verdict.seconds:.1f} s)", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
