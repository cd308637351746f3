"""The README's ways in, run as they stand: make, pip and conda, in a copy of this tree."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
import venv
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.browser.lab import address, settings
from tests.conftest import ROOT
from tests.tree import copy_tree, copy_with_environment, make, plain_environment, run_make

README = (ROOT / "README.md").read_text("utf-8")
ONE = "01_perceptron"
CONDA = shutil.which("conda") or shutil.which(f"{os.environ.get('CONDA', '')}/bin/conda")
NO_NETWORK = (
    r"NewConnectionError|NameResolutionError|ConnectTimeout|CondaHTTPError|ConnectionFailed"
)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """This tree with one lesson, and the environment that is there."""
    tree = copy_with_environment(tmp_path_factory.mktemp("doors") / "tree")
    for folder in (*tree.glob("solutions/[0-9]*"), *tree.glob("notebooks/[0-9]*")):
        if folder.name != ONE:
            shutil.rmtree(folder)
    return tree


def test_no_make_line_of_the_readme_is_left_out():
    lines = re.findall(r"(?m)^make (\w+)", README)
    assert sorted(lines) == ["demo", "lab", "site", "test"]  # site: in conftest.py; test: this run


def test_make_demo_grades_a_sample_class_and_says_where_it_is(tree):
    printed = run_make("demo", tree)
    assert f"{ONE} is up to date" in printed
    told = re.findall(r"(?m)^(?:Gradebook|Feedback pages|Class report) +(\S+)$", printed)
    assert told[0] == f"demo/reports/{ONE}.html"
    assert len(told) == 3 and all((tree / path).exists() for path in told)


@contextmanager
def serving(command: list[str], tree, scratch) -> Iterator[str]:
    """Run a command that serves JupyterLab; give the address, and end what it started."""
    log = (scratch / "log.txt").open("w")
    server = subprocess.Popen(
        ["timeout", "600", *command],  # in a process group of its own
        **{"cwd": tree, "env": plain_environment(tree) | settings(scratch)},
        **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": subprocess.STDOUT},
    )
    try:
        yield address(server, scratch)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        log.close()


def fetched(place: str):
    """Return what an address shows."""
    with urllib.request.urlopen(place) as answer:
        return json.load(answer)


def test_make_lab_opens_the_notebooks_in_the_whole_tree(tree, tmp_path):
    """Formgrader needs the tree below it, not the notebooks alone."""
    with serving(make("lab", tree), tree, tmp_path) as lab:
        with urllib.request.urlopen(lab.format("")) as page:
            assert "/lab/tree/notebooks?" in page.url
        files = fetched(lab.format(f"api/contents/notebooks/{ONE}"))["content"]
        assert [file["name"] for file in files] == ["perceptron.ipynb"]


def test_jupyter_lab_opens_the_notebooks_after_conda_or_pip(tree, tmp_path):
    assert README.count("`jupyter lab notebooks`") == 1 and "&& jupyter lab notebooks`" in README
    command = [f"{sys.prefix}/bin/jupyter", "lab", "notebooks"]
    with serving(command, tree, tmp_path) as lab:
        assert fetched(lab.format(f"api/contents/{ONE}/perceptron.ipynb"))["type"] == "notebook"


@pytest.fixture(scope="module")
def pip(tmp_path_factory) -> str:
    """Pip in an empty environment."""
    place = tmp_path_factory.mktemp("pip") / "environment"
    venv.create(place, with_pip=True)
    return str(place / "bin/pip")


def test_pip_finds_all_that_its_lines_ask_for(pip, tree):
    """Without the download of 3 GB: pip resolves every pin and stops short of installing.

    The line for a GPU, which Linux alone has, asks for all of the other line and for more.
    """
    line = re.search(r"`pip (install .+?) \.`", README)[1]
    gpu = re.search(r"`--editable '(\.\[gpu\])'`", README)[1]
    linux = sys.platform == "linux"
    extra = gpu if linux else "."
    told = run_with_network(
        [pip, *line.split(), extra, "--dry-run", "--disable-pip-version-check"], tree
    )
    found = told[told.index("Would install") :]
    assert "tensorflow-2." in found and "deep-vision-course-" in found
    assert ("nvidia-cudnn" in found) == linux


@pytest.mark.skipif(not CONDA, reason="conda is not on this machine")
def test_conda_makes_the_environment_of_its_line(tmp_path):
    line = re.search(
        r"`conda (env create .+?) && conda activate deep-vision && (.+?) notebooks`", README
    )
    tree = copy_tree(tmp_path / "tree")
    place = str(tmp_path / "environment")
    run_with_network([CONDA, *line[1].split(), "--prefix", place], tree)
    told = run_with_network([CONDA, "run", "--prefix", place, *line[2].split(), "--version"], tree)
    assert re.match(r"\d+\.\d+", told)


def run_with_network(command: list[str], folder) -> str:
    """Run a command that fetches; without a network the test is skipped, in CI it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if done.returncode and re.search(NO_NETWORK, done.stderr) and not os.environ.get("CI"):
        pytest.skip("no network")
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout
