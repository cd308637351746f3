"""One set of pins behind every door: make, conda and pip."""

import ast
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
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


OURS = ("course", "grading", "helpers")
EXTRA = {  # the extra `cluster`; the groups `site` and `dev`
    *("distributed", "jupyter-server-mathjax"),
    "playwright",
}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def imported(node: ast.AST) -> list[str]:
    """Return the modules that an import statement names."""
    if isinstance(node, ast.ImportFrom):
        return [node.module] if node.module and not node.level else []
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


def test_what_the_packages_import_is_declared():
    known = packages_distributions()
    used = set()
    for path in (path for folder in OURS for path in (ROOT / folder).rglob("*.py")):
        modules = [
            name for node in ast.walk(ast.parse(path.read_text())) for name in imported(node)
        ]
        tops = {module.partition(".")[0] for module in modules} - {*OURS, *sys.stdlib_module_names}
        used |= {known[top][0].lower() for top in tops & set(known)}
    declared = {spec.split(">")[0].split("[")[0].lower() for spec in project()["dependencies"]}
    assert used - declared == EXTRA


def test_every_direct_dependency_is_pinned():
    pinned = {line.split("==")[0] for line in (ROOT / "requirements.txt").read_text().splitlines()}
    names = {spec.split(">")[0].split("[")[0] for spec in project()["dependencies"]}
    assert names <= pinned
