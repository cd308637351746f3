"""The photographs to embed: where each lies, whose it is, its licence, and what it is for."""

from dataclasses import dataclass

LOMIRI = "lomiri-wallpapers-16.04", "20.04.0-2"
LOMIRI_20 = "lomiri-wallpapers-20.04", "20.04.0-2"
MATE = "mate-backgrounds", "1.26.0-1"
PLASMA = "plasma-workspace-wallpapers", "4:5.27.5-2"
FREE, ALIKE, GPL = "photos", "photos-sharealike", "photos-gpl"


@dataclass(frozen=True)
class Photo:
    """A photograph: folder to ship it in, package and file, author, licence, place and split."""

    name: str
    folder: str
    package: tuple[str, str]
    file: str
    author: str
    licence: str
    place: str  # "green", "water" or "other"; "" for a sample, which is no background
    split: str


def lomiri(name, file, author, licence, place, split, *, package=LOMIRI) -> Photo:
    folder = ALIKE if "-SA-" in licence else FREE
    path = f"usr/share/backgrounds/{file}.jpg"
    return Photo(name, folder, package, path, author, licence, place, split)


def mate(name, author, place, split, *, file="") -> Photo:
    path = f"usr/share/backgrounds/mate/nature/{file or name.title()}.jpg"
    return Photo(name, GPL, MATE, path, author, "GPL-2+", place, split)


def plasma(name, file, place, split, *, size="1920x1080") -> Photo:
    path = f"usr/share/wallpapers/{file}/contents/images/{size}.jpg"
    return Photo(name, GPL, PLASMA, path, "KDE Visual Design Group", "GPL-2+", place, split)


def wheel(name, package, file, author, licence, place="", split="") -> Photo:
    return Photo(name, FREE, package, file, author, licence, place, split)


SKIMAGE = "scikit-image", "0.25.2"
SKLEARN = "scikit-learn", "1.6.1"
AITZOL, SA3, SA4, BY4 = "Aitzol Berasategi", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC-BY-4.0"
BARBIN = "Charles Barbin"
PHOTOS = (
    lomiri("meadow", "aitzgorri_by_Aitzol_Berasategi", AITZOL, BY4, "green", "train"),
    lomiri("stream", "life_by_Aitzol_Berasategi", AITZOL, BY4, "other", "train"),
    lomiri("mountains", "picosdeeuropa_by_Aitzol_Berasategi", AITZOL, BY4, "other", "validation"),
    lomiri("sunset", "sunset_by_Aitzol_Berasategi", AITZOL, BY4, "other", "test"),
    lomiri(
        "dandelions",
        "seeding_by_Clements_Engelhardt",
        "Clemens Engelhardt",
        "CC0-1.0",
        "green",
        "train",
    ),
    lomiri("brushes", "Picture_1A_by_freespace", 'Trevor "Freespace"', BY4, "other", "train"),
    lomiri("parlour", "Wine_by_Jakkub_Mede", "Jakub Mede", BY4, "other", "train"),
    lomiri("beach", "Bridge_by_Sander_Klootwijk", "Sander Klootwijk", SA4, "water", "train"),
    lomiri("hazel", "Dragonfly_by_Bolly", "Bolly", SA4, "green", "train"),
    lomiri("pattern", "analogpattern_by_Peter_Nerlich", "Peter Nerlich", SA4, "other", "train"),
    lomiri(
        "night_sea", "Infinite-Sea_by_Aury88", "Aury88", SA3, "water", "train", package=LOMIRI_20
    ),
    mate("drop", BARBIN, "water", "train", file="Aqua"),
    mate("leaf", "Lennart Poettering, Andrea Cimitan", "green", "train", file="Blinds"),
    mate("dune", "Marco Cogoni, Hylke Bons", "other", "train"),
    mate("petals", "Jens Ansorg", "other", "train", file="FreshFlower"),
    mate("grass", "Timothy Schellhase, Lapo Calamandrei", "green", "train", file="GreenMeadow"),
    mate("rain", "blackcombwhistler07", "green", "validation", file="RainDrops"),
    mate("storm", "Sergey Nazarov", "water", "validation"),
    mate("seeds", f"{BARBIN}, Hylke Bons", "other", "train", file="TwoWings"),
    mate("boards", "Jean-François Fortin Tam", "other", "validation", file="Wood"),
    plasma("jetty", "BytheWater", "water", "train"),
    plasma("pier", "ColdRipple", "water", "train"),
    plasma("dusk", "DarkestHour", "water", "train"),
    plasma("boats", "EveningGlow", "other", "validation"),
    plasma("autumn", "FallenLeaf", "other", "train"),
    plasma("facade", "Grey", "other", "train"),
    plasma("sky", "Kite", "water", "test"),
    plasma("moss", "OneStandsOut", "green", "test"),
    plasma("forest", "Path", "green", "test"),
    plasma("lake", "summer_1am", "water", "test"),
    wheel(
        "temple",
        SKLEARN,
        "sklearn/datasets/images/china.jpg",
        "danielbuechele",
        "CC-BY-2.0",
        "other",
        "test",
    ),
    wheel("bricks", SKIMAGE, "skimage/data/brick.png", "CC0Textures", "CC0-1.0", "other", "test"),
    wheel("dahlia", SKLEARN, "sklearn/datasets/images/flower.jpg", "vultilion", "CC-BY-2.0"),
    wheel("cat", SKIMAGE, "skimage/data/chelsea.png", "Stefan van der Walt", "CC0-1.0"),
    wheel("espresso", SKIMAGE, "skimage/data/coffee.png", "Rachel Michetti", "CC0-1.0"),
    wheel("rocket", SKIMAGE, "skimage/data/rocket.jpg", "SpaceX", "public domain"),
    wheel("astronaut", SKIMAGE, "skimage/data/astronaut.png", "NASA", "public domain"),
    lomiri("spaniels", "friends_by_Aitzol_Berasategi", AITZOL, BY4, "", ""),
    mate("ladybird", BARBIN, "", "", file="LadyBird"),
)
