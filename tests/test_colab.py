"""Lessons run on what Colab ships, fetched from a repository, with nothing installed."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbclient
import nbformat
import pytest
from traitlets.config import Config

from course.lessons import Course
from course.source import read_source
from tests.conftest import ROOT
from tests.tree import copy_tree

PINS = ROOT / "tests/colab/constraints.txt"
LESSONS = Course(ROOT).lessons()


@pytest.fixture(scope="session")
def colab_python() -> Path:
    """The Python of an environment that holds Colab's versions and none of this course."""
    place = ROOT / ".venv/colab"
    mark = place / "pins.sha256"
    wanted = hashlib.sha256(PINS.read_bytes() + sys.version.encode()).hexdigest()
    if not mark.is_file() or mark.read_text() != wanted:
        uv = shutil.which("uv", path=ROOT / ".venv/uv/bin") or shutil.which("uv")
        shutil.rmtree(place, ignore_errors=True)
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, place], check=True)
        how = ["-q", "--compile-bytecode", "--python", place / "bin/python", "-r", PINS]
        subprocess.run([uv, "pip", "install", *how], check=True)
        mark.write_text(wanted)
    return place / "bin/python"


@pytest.fixture(scope="session")
def repository(tmp_path_factory) -> str:
    """A bare clone of this tree as it lies, committed or not, as a URL."""
    work = tmp_path_factory.mktemp("repository")
    copy_tree(work / "tree")
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
    for command in (["init", "-q"], ["add", "-A"], [*identity, "commit", "-qm", "tree"]):
        subprocess.run(["git", *command], cwd=work / "tree", check=True)
    subprocess.run(["git", "clone", "-q", "--bare", "tree", "bare"], cwd=work, check=True)
    return f"file://{work}/bare"


def run_on_colab(notebook, python: Path, folder: Path) -> None:
    """Execute a notebook with Colab's Python in a folder away from this tree."""
    spec = folder / "jupyter/kernels/colab"
    spec.mkdir(parents=True)
    command = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    facts = {"argv": command, "display_name": "Colab", "language": "python"}
    (spec / "kernel.json").write_text(json.dumps(facts))
    content = folder / "content"
    content.mkdir()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "COURSE_"))}
    environment |= {"NBGRADER_EXECUTION": "validate", "COURSE_EXECUTION": "unattended"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JUPYTER_PATH", str(folder / "jupyter"))
        client = nbclient.NotebookClient(
            notebook,
            timeout=300,
            kernel_name="colab",
            config=Config(KernelManager={"transport": "ipc", "ip": str(folder / "kernel")}),
            resources={"metadata": {"path": str(content)}},
        )
        client.execute(env=environment)


def printed(notebook) -> str:
    """Return all that a notebook printed."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    return "".join(output.get("text", "") for output in outputs)


@pytest.mark.parametrize("lesson", LESSONS, ids=[lesson.name for lesson in LESSONS])
def test_a_lesson_runs_on_colab(lesson, colab_python, repository, tmp_path):
    notebook = read_source(lesson, repository=repository)
    run_on_colab(notebook, colab_python, tmp_path)
    out = printed(notebook)
    assert "numpy 2.1.3" in out
    assert "Device: " in out
    assert (tmp_path / "content/course/helpers/setup.py").is_file()


def test_the_course_is_fetched_once(colab_python, repository, tmp_path):
    lesson = LESSONS[0]
    setup = [
        c
        for c in read_source(lesson, repository=repository).cells
        if "setup" in c.metadata.get("tags", [])
    ]
    where = nbformat.v4.new_code_cell("import helpers; print(helpers.__file__)")
    again = nbformat.v4.new_code_cell(setup[0].source)
    notebook = nbformat.v4.new_notebook(cells=[setup[0], again, where])
    run_on_colab(notebook, colab_python, tmp_path)
    assert str(tmp_path / "content/course/helpers") in printed(notebook)


NO_ADDRESS = {
    "": "helpers/ and data/ are not here",
    "file:///nowhere/at/all": "The course could not be fetched",
}


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_no_repository_gets_one_sentence(address, colab_python, tmp_path):
    cells = read_source(LESSONS[0], repository=address).cells
    notebook = nbformat.v4.new_notebook(
        cells=[c for c in cells if "setup" in c.metadata.get("tags", [])]
    )
    with pytest.raises(nbclient.exceptions.CellExecutionError, match=NO_ADDRESS[address]):
        run_on_colab(notebook, colab_python, tmp_path)
    assert not (tmp_path / "content/course").exists()
