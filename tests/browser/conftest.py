"""A headless Chromium for the tests, and a toy class that has been graded."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from course.lessons import Course
from course.sample import write_class
from tests.browser.install import MISSING, READY
from tests.browser.lab import served
from tests.conftest import ROOT, run_course

ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # no network
PATIENCE = 60_000  # ms; a busy machine is no failure
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> dict:
    """What `make browser` noted down about Chromium."""
    return how_to_start(READY, MISSING)


def how_to_start(ready: Path, missing: Path) -> dict:
    """Read how to start Chromium; without one the tests are skipped, in CI they fail."""
    if ready.exists():  # from here on, whatever does not work is a failure
        return json.loads(ready.read_text())
    reason = missing.read_text() if missing.exists() else "not set up: run `make browser`"
    if os.environ.get("CI"):
        pytest.fail(f"CI needs the browser tests: {reason}")
    pytest.skip(f"browser tests: {reason}")


@pytest.fixture(scope="module")
def browser(chromium) -> Iterator[Browser]:
    """A running Chromium that reaches this machine alone.

    It lasts for one file of tests: as long as it runs, Playwright holds this thread's event loop.
    """
    environment = {**os.environ, **chromium["environment"]}
    start = {"executable_path": chromium["executable"], "args": [ONLY_HERE], "env": environment}
    with sync_playwright() as playwright, playwright.chromium.launch(**start) as running:
        yield running


@pytest.fixture
def page(browser) -> Iterator[Page]:
    """An empty page with storage of its own."""
    with browser.new_context(viewport={"width": 1280, "height": 1000}) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture(scope="session")
def graded(chromium, built_toy, tmp_path_factory) -> Course:
    """The toy course with its sample class, graded by `course grade`."""
    course = Course(tmp_path_factory.mktemp("graded") / "course")
    shutil.copytree(built_toy.root, course.root, symlinks=True)
    submitted = course.root / "grading/submitted"
    write_class(course.lesson("01_toy"), submitted)
    assert run_course(course.root, "grade", "01_toy", "--submissions", submitted) == 0
    return course


@pytest.fixture(scope="session")
def lab(graded, tmp_path_factory) -> Iterator[str]:
    """JupyterLab on the graded toy course and a real lesson: an address to fill in."""
    lesson = "notebooks/01_perceptron"
    shutil.copytree(ROOT / lesson, graded.root / lesson)
    with served(graded.root, tmp_path_factory.mktemp("lab")) as address:
        yield address
