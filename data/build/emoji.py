"""Make data/emoji and data/emoji-sharealike: the same emoji, drawn in seven styles, 64 px."""

import json
import re
import shutil
import subprocess
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import numpy as np
from emoji_concepts import find_concept
from packages import fetch_npm, install
from PIL import Image
from store import write_json, write_sheet

SIZE = 64
COLUMNS = 32
EMOJIBASE = {"emojibase-data": "17.0.0"}
STYLES = {  # style: (package, version, folder)
    "noto": ("noto", "1.2.9", "emoji"),
    "noto_v1": ("noto-v1", "1.2.5", "emoji"),
    "twemoji": ("twemoji", "1.2.5", "emoji"),
    "emojione": ("emojione", "1.2.3", "emoji"),
    "fluent": ("fluent-emoji-flat", "1.2.6", "emoji"),
    "openmoji": ("openmoji", "1.2.29", "emoji-sharealike"),
    "emojione_v1": ("emojione-v1", "1.2.3", "emoji-sharealike"),
}
GROUPS = {  # group: its number in emojibase
    "face": 0,
    "animal_or_plant": 3,
    "food": 4,
    "travel": 5,
    "activity": 6,
    "object": 7,
}
RENDER = """
import json, pathlib, sys, resvg_py
for name, svg in json.loads(pathlib.Path(sys.argv[1]).read_text()).items():
    pathlib.Path(sys.argv[2], name + ".png").write_bytes(
        bytes(resvg_py.svg_to_bytes(svg_string=svg, width=64, height=64)))
"""


def build(data: Path, folder: Path) -> list[Path]:
    """Write a sheet for each style, the index of emoji that they share, and their licences."""
    install(folder / "resvg", ["resvg-py==0.5.0"], dependencies=False, folder=folder)
    wanted = {f"@iconify-json/{package}": version for package, version, _ in STYLES.values()}
    emojibase, *sources = fetch_npm(EMOJIBASE | wanted, folder)
    icons = {style: read_icons(source) for style, source in zip(STYLES, sources, strict=True)}
    index = list_emoji(emojibase, icons)
    paths = []
    for (style, (_, _, target)), source in zip(STYLES.items(), sources, strict=True):
        drawn = render({name: icons[style][name] for name in index["name"]}, folder / style)
        paths += [data / target / f"{style}.webp", data / target / f"{style}.info.json"]
        write_sheet(paths[-2], drawn, columns=COLUMNS, quality=100)
        shutil.copyfile(source / "info.json", paths[-1])
    paths += [data / "emoji" / "emoji.json", data / "emoji" / "Apache-2.0"]
    write_json(paths[-2], index)
    shutil.copyfile("/usr/share/common-licenses/Apache-2.0", paths[-1])
    return paths


def read_icons(source: Path) -> dict[str, str]:
    """Return the SVG text of every icon of an Iconify set, aliases included, by name."""
    icons = json.loads((source / "icons.json").read_text())
    whole = {name: dict(icon) for name, icon in icons["icons"].items()}
    for alias, entry in icons.get("aliases", {}).items():
        if entry.keys() == {"parent"} and entry["parent"] in whole:
            whole[alias] = whole[entry["parent"]]
    usual = icons.get("width", 16), icons.get("height", 16)
    return {name: to_svg(icon, usual) for name, icon in whole.items()}


def to_svg(icon: dict, usual: tuple[float, float]) -> str:
    """Wrap an icon in a square view box with the icon at its centre."""
    width, height = icon.get("width", usual[0]), icon.get("height", usual[1])
    side = max(width, height)
    left = icon.get("left", 0) - (side - width) / 2
    top = icon.get("top", 0) - (side - height) / 2
    box = f"{left:g} {top:g} {side:g} {side:g}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}">{icon["body"]}</svg>'


def list_emoji(emojibase: Path, icons: dict[str, dict[str, str]]) -> dict[str, list]:
    """Index the emoji of six groups that every style draws: name, group, concept and split."""
    entries = json.loads((emojibase / "en" / "data.json").read_text())
    index = {"concept": [], "group": [], "name": [], "split": []}
    for entry in sorted(entries, key=lambda entry: entry.get("order", 0)):
        name = to_slug(entry["label"])
        group = next((key for key, number in GROUPS.items() if number == entry.get("group")), None)
        if group is None or not all(name in drawn for drawn in icons.values()):
            continue
        concept, split = find_concept(name) or ("", hash_split(name))
        for key, value in zip(index, (concept, group, name, split), strict=True):
            index[key].append(value)
    return index


def to_slug(label: str) -> str:
    """Spell an emoji's label the way icon sets do: "Mother's Day" becomes "mothers-day"."""
    ascii_label = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    plain = ascii_label.replace("&", "and").replace("'", "")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def hash_split(name: str) -> str:
    """Give an emoji its split by its name alone: 70 % train, 15 % validation, 15 % test."""
    place = int(sha256(name.encode()).hexdigest(), 16) % 100
    return "train" if place < 70 else "validation" if place < 85 else "test"


def render(svgs: dict[str, str], folder: Path) -> list[np.ndarray]:
    """Draw SVG texts as RGBA arrays with the resvg that was installed beside them."""
    folder.mkdir()
    job = folder / "job.json"
    job.write_text(json.dumps(svgs))
    subprocess.run(
        [sys.executable, "-c", RENDER, str(job), str(folder)],
        env={"PYTHONPATH": str(folder.parent / "resvg")},
        check=True,
        timeout=300,
    )
    return [np.asarray(Image.open(folder / f"{name}.png").convert("RGBA")) for name in svgs]
