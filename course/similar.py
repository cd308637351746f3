"""Pairs of submissions that share unusual code: a reason to look, never a verdict.

Answers are cut into runs of tokens, and the runs into fingerprints by winnowing (Schleimer,
Wilkerson, Aiken: Winnowing: local algorithms for document fingerprinting, SIGMOD, 2003). What the
lesson itself gave does not count, and neither does what many students wrote: a fingerprint weighs
-log2 of the share of the class that has it, as in inverse document frequency (Sparck Jones, 1972).
Names and comments stay as they are: they are what two people seldom choose alike.
"""

import hashlib
import io
import math
import tokenize
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

RUN = 8  # tokens in a run
WINDOW = 4  # of so many runs in a row one is kept
RARE = 10  # a fingerprint that more students have says nothing about two of them
LONGEST = 200  # characters of a line that is shown
_QUIET = {tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


@dataclass(frozen=True)
class Pair:
    """Two students and what they share.

    Attributes:
        students: the two, in alphabetical order.
        bits: how surprising it is that both have it, in bits.
        exercises: where, the most surprising first.
        sample: a line of the most surprising part.
    """

    students: tuple[str, str]
    bits: float
    exercises: tuple[str, ...]
    sample: str


def similar_pairs(
    answers: Mapping[str, Mapping[str, str]], given: Iterable[str], most: int = 20
) -> list[Pair]:
    """Return the pairs of students who share the most unusual code, the most unusual first.

    Args:
        answers: {student: {exercise: source}}.
        given: sources that every student had: stubs, given cells, published answers.
        most: how many pairs at most.
    """
    common = {mark for source in given for mark in fingerprints(source)}
    holders: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for student, sources in answers.items():
        for exercise, source in sources.items():
            for mark, line in fingerprints(source).items():
                if mark not in common:
                    holders[exercise, mark][student] = line
    shared = _shared(holders, len(answers))
    pairs = [_pair(students, parts) for students, parts in shared.items()]
    return sorted(pairs, key=lambda pair: (-pair.bits, pair.students))[:most]


def _shared(holders, class_size: int) -> dict[tuple[str, str], list[tuple[float, str, str]]]:
    """Return {pair of students: [(bits, exercise, line)]} over all rare fingerprints."""
    shared = defaultdict(list)
    for (exercise, _), lines in holders.items():
        if 2 <= len(lines) <= RARE:
            bits = math.log2(class_size / len(lines))
            for one, two in combinations(sorted(lines), 2):
                shared[one, two].append((bits, exercise, lines[one]))
    return shared


def _pair(students: tuple[str, str], parts: list[tuple[float, str, str]]) -> Pair:
    by_exercise = Counter()
    for bits, exercise, _ in parts:
        by_exercise[exercise] += bits
    ranked = tuple(exercise for exercise, _ in by_exercise.most_common())
    sample = max(parts, key=lambda part: (part[0], part[1] == ranked[0], len(part[2])))[2]
    return Pair(students, sum(part[0] for part in parts), ranked, sample)


def fingerprints(source: str) -> dict[str, str]:
    """Return {fingerprint: the line where it begins} of a piece of code."""
    words = _words(source)
    runs = []
    for start in range(max(1, len(words) - RUN + 1)):
        run = words[start : start + RUN]
        text = " ".join(word for word, _ in run)
        if text:
            runs.append((hashlib.blake2b(text.encode(), digest_size=8).hexdigest(), run[0][1]))
    kept = {}
    for start in range(max(1, len(runs) - WINDOW + 1)):
        window = runs[start : start + WINDOW]
        if window:
            mark, line = min(window)
            kept.setdefault(mark, line)
    return kept


def _words(source: str) -> list[tuple[str, str]]:
    """Return (token, its line) for each token; as many as can be read of code that is broken."""
    words = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type not in _QUIET:
                words.append((token.string, _start(token.line)))
    except (tokenize.TokenError, IndentationError, SyntaxError):
        return [(word, _start(line)) for line in source.splitlines() for word in line.split()]
    return words


def _start(line: str) -> str:
    """Return what is shown of a line; a whole copy of a long one for each token fills memory."""
    return line[:LONGEST].strip()
