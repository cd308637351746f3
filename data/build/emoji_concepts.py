"""Eight things that emoji draw in several ways, each with emoji of its own for every split."""

EVEN_HOURS = "two-oclock four-oclock six-oclock eight-oclock ten-oclock twelve-oclock"

# Concept: {split: names}. Members of a concept look alike; no name stands in two splits.
CONCEPTS = {
    "book": {
        "train": "closed-book green-book notebook ledger books",
        "validation": "orange-book",
        "test": "blue-book notebook-with-decorative-cover",
    },
    "car": {
        "train": "automobile taxi police-car oncoming-taxi oncoming-police-car delivery-truck bus",
        "validation": "ambulance oncoming-bus",
        "test": "sport-utility-vehicle oncoming-automobile minibus",
    },
    "clock": {
        "train": EVEN_HOURS,
        "validation": "three-thirty ten-thirty",
        "test": "one-oclock five-oclock seven-oclock eleven-thirty",
    },
    "face": {
        "train": "grinning-face winking-face kissing-face neutral-face smirking-face crying-face "
        "astonished-face worried-face grinning-squinting-face face-with-tongue relieved-face",
        "validation": "smiling-face confused-face hushed-face",
        "test": "slightly-smiling-face flushed-face pensive-face expressionless-face",
    },
    "fish": {
        "train": "fish blowfish dolphin whale",
        "validation": "spouting-whale",
        "test": "tropical-fish",
    },
    "flower": {
        "train": "cherry-blossom sunflower rose tulip",
        "validation": "rosette",
        "test": "blossom hibiscus",
    },
    "fruit": {
        "train": "red-apple tangerine peach strawberry cherries grapes melon",
        "validation": "lemon watermelon",
        "test": "green-apple pear",
    },
    "heart": {
        "train": "red-heart green-heart purple-heart growing-heart beating-heart heart-with-arrow "
        "broken-heart",
        "validation": "yellow-heart sparkling-heart",
        "test": "blue-heart heart-with-ribbon",
    },
}


def find_concept(name: str) -> tuple[str, str] | None:
    """Return the concept and the split of an emoji, or None where it belongs to no concept."""
    for concept, splits in CONCEPTS.items():
        for split, names in splits.items():
            if name in names.split():
                return concept, split
    return None
