"""Copies of this tree as it lies, committed or not: what a fresh clone would hold."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def copy_tree(folder: Path) -> Path:
    """Copy every file that git tracks or would track into a new folder, and return it."""
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def copy_with_environment(folder: Path) -> Path:
    """Copy the tree and lend it this environment, which `make` would take minutes to set up."""
    copy_tree(folder)
    (folder / ".venv").mkdir()
    (folder / ".venv/course").symlink_to(sys.prefix)
    return folder


def make(target: str, tree: Path) -> list[str]:
    """Return the README's command for a target, as it runs where the environment stands."""
    return ["make", "--directory", str(tree), "--old-file=.venv/ready", target]


def run_make(target: str, tree: Path) -> str:
    """Run one of the README's commands in a tree, and return what it printed."""
    environment = plain_environment(tree)
    done = subprocess.run(make(target, tree), env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def plain_environment(tree: Path) -> dict[str, str]:
    """Return the environment of somebody who has set nothing; the packages are the tree's own."""
    decided = ("COURSE_", "NBGRADER_", "PYTHONPATH", "MAKE", "MFLAGS")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(decided)}
    return {**kept, "PYTHONPATH": str(tree)}
