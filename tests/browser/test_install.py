"""Where the browser comes from, and when it may be missing."""

import json
from subprocess import CompletedProcess

import pytest

from tests.browser import conftest, install


def fails_with(monkeypatch, tmp_path, error: str) -> None:
    """Let every program that the installer starts fail with this error."""
    monkeypatch.setattr(install, "FOLDER", tmp_path)
    monkeypatch.setattr(install.shutil, "which", lambda name: f"/bin/{name}")
    failed = CompletedProcess([], 1, "", error)
    monkeypatch.setattr(install.subprocess, "run", lambda *command, **options: failed)


def test_npm_without_a_network_is_a_reason_to_go_on(monkeypatch, tmp_path):
    fails_with(monkeypatch, tmp_path, "npm error code EAI_AGAIN")
    with pytest.raises(install.NoBrowserError, match="npm has no network"):
        install.fetch(())


def test_any_other_failure_of_npm_ends_the_command(monkeypatch, tmp_path):
    fails_with(monkeypatch, tmp_path, "npm error code EINTEGRITY")
    with pytest.raises(SystemExit, match="EINTEGRITY"):
        install.fetch(())


def test_a_machine_without_npm_is_told_so(monkeypatch):
    monkeypatch.setattr(install.shutil, "which", lambda name: None)
    with pytest.raises(install.NoBrowserError, match="npm is not installed"):
        install.fetch(())


@pytest.mark.parametrize(("ci", "end"), [("", pytest.skip), ("true", pytest.fail)])
def test_a_missing_browser_skips_and_in_ci_fails(monkeypatch, tmp_path, ci, end):
    (tmp_path / "missing.txt").write_text("npm has no network")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(end.Exception, match="npm has no network"):
        conftest.how_to_start(tmp_path / "ready.json", tmp_path / "missing.txt")


def test_the_lock_names_no_other_registry():
    packages = json.loads((install.HERE / "package-lock.json").read_text())["packages"].values()
    named = {package["resolved"] for package in packages if "resolved" in package}
    assert all(address.startswith("https://registry.npmjs.org/") for address in named)
