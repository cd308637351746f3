"""One set of pins behind every door: make, conda and pip."""

import shutil
import subprocess
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]


def test_requirements_are_the_pins_of_the_lock(tmp_path):
    uv = shutil.which("uv", path=ROOT / ".venv/uv/bin") or shutil.which("uv")
    options = next(
        line.split(":=")[1].split()
        for line in (ROOT / "Makefile").read_text().splitlines()
        if line.startswith("EXPORT")
    )
    fresh = tmp_path / "requirements.txt"
    command = [uv, "export", "--frozen", "--quiet", *options, "--output-file", str(fresh)]
    subprocess.run(command, cwd=ROOT, check=True)
    assert fresh.read_text() == (ROOT / "requirements.txt").read_text()


def test_conda_takes_python_and_pip_alone_and_the_rest_from_the_pins():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())
    conda = [item for item in environment["dependencies"] if isinstance(item, str)]
    pip = next(item for item in environment["dependencies"] if isinstance(item, dict))["pip"]
    assert environment["channels"] == ["conda-forge"]
    assert [name.split("=")[0] for name in conda] == ["python", "pip"]
    assert pip == ["--requirement requirements.txt", "--editable ."]


def test_every_direct_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    pinned = {line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines()}
    names = {spec.split(">")[0].split("[")[0] for spec in project["dependencies"]}
    assert names <= pinned
