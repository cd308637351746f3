"""The rules of the house that a reader relies on: imports run one way, files stay small."""

import ast
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

LONGEST = 200  # lines of a file
COLAB = {
    *("IPython", "ipywidgets", "keras", "matplotlib", "numpy", "PIL", "scipy", "skimage"),
    *("sklearn", "tensorboard", "tensorflow", "tensorflow_datasets", "tqdm"),
}
MAY_IMPORT = {
    "helpers": {"helpers"},
    "grading": {"grading", "helpers"},
    "course": {"course", "grading", "helpers"},
}
MODULES = [path for name in MAY_IMPORT for path in sorted((ROOT / name).rglob("*.py"))]


def imported(path: Path) -> set[str]:
    """Return the names of the packages that a module imports anywhere."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_run_one_way(path):
    ours = {module.split(".")[0] for module in imported(path)} & set(MAY_IMPORT)
    assert ours <= MAY_IMPORT[name(path).split("/")[0]]


@pytest.mark.parametrize("path", [p for p in MODULES if "helpers" in p.parts], ids=name)
def test_helpers_need_only_what_colab_ships(path):
    packages = {module.split(".")[0] for module in imported(path)}
    assert packages - set(sys.stdlib_module_names) - COLAB <= {"helpers"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_files_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST
