"""JupyterLab as a student has it: a server on a free port, and what hands do in a notebook."""

import json
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.tree import plain_environment

MINUTES = 5 * 60_000  # ms; a lesson takes seconds, on a busy machine more
QUIET = {  # what a person's settings may hold as well
    "ServerApp": {"open_browser": False, "allow_root": True, "port": 0},
    "LabApp": {
        "news_url": None,
        "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "expose_app_in_browser": True,
    },
}
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # keep cells on the page, seen or not
    "apputils-extension/notification": {"fetchNews": "false"},
}
# "idle" may stand there before the kernel has answered, and what is run then can be lost
# (JupyterLab's issue 8490). Once, cells that were run stayed as they were: perhaps for this reason.
KERNEL_ANSWERS = """async () => {
    const context = window.jupyterapp.shell.currentWidget.sessionContext;
    await context.ready;
    await context.session.kernel.info;
}"""
CELL = ".jp-Notebook .jp-Cell"
ERROR = ".jp-Notebook :is([data-mime-type$='jupyter.error'], [data-mime-type$='jupyter.stderr'])"


@contextmanager
def served(root: Path, scratch: Path) -> Iterator[str]:
    """Serve a course tree with settings of its own, and give the address with its token."""
    command = [sys.executable, "-m", "tests.browser.serve", f"--ServerApp.root_dir={root}"]
    environment = {**settings(scratch), "COURSE_BUDGET": "short", "PYTHONPATH": str(ROOT)}
    log = (scratch / "log.txt").open("w")
    server = subprocess.Popen(
        command,
        **{"cwd": root, "env": plain_environment(root) | environment, "stdin": subprocess.PIPE},
        **{"stdout": log, "stderr": subprocess.STDOUT},
    )
    try:
        yield address(server, scratch)
    finally:
        server.stdin.close()
        server.wait(60)
        log.close()


def settings(scratch: Path) -> dict[str, str]:
    """Write quiet settings into a folder; return the environment that makes Jupyter read them."""
    for name, chosen in SETTINGS.items():
        _write(scratch / f"settings/@jupyterlab/{name}.jupyterlab-settings", chosen)
    for name in ("server", "lab"):
        _write(scratch / f"config/jupyter_{name}_config.json", QUIET)
    folders = {
        "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "runtime",
        "IPYTHONDIR": "ipython",
    }
    chosen = {name: str(scratch / folder) for name, folder in folders.items()}
    return {**chosen, "JUPYTER_TOKEN": secrets.token_hex()}


def _write(place: Path, facts: dict) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(facts))


def address(server: subprocess.Popen, scratch: Path) -> str:
    """Wait until a server has written down where it listens."""
    end = time.monotonic() + 120
    while time.monotonic() < end and server.poll() is None:
        for note in (scratch / "runtime").glob("jpserver-*.json"):
            told = json.loads(note.read_text() or "{}")
            if told:
                return f"http://127.0.0.1:{told['port']}/{{}}?token={told['token']}&reset"
        time.sleep(0.1)
    raise RuntimeError(f"JupyterLab did not start:\n{(scratch / 'log.txt').read_text()[-3000:]}")


def open_notebook(page: Page, lab: str, path: str) -> None:
    """Open a notebook and wait for its kernel."""
    page.goto(lab.format(f"lab/tree/{path}"))
    ready = page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']")
    expect(ready).to_be_visible(timeout=MINUTES)
    page.evaluate(KERNEL_ANSWERS)


def type_answer(page: Page, index: int, text: str) -> None:
    """Write a text into a cell, in place of what is there."""
    place = page.locator(CELL).nth(index)
    if "jp-MarkdownCell" in place.get_attribute("class"):
        place.locator(".jp-MarkdownOutput").dblclick()
    place.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def run_all(page: Page) -> list[str]:
    """Run every cell, wait for the last one or an error, and return what went wrong."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Cells", exact=True).click()
    last = page.locator(CELL).last.locator(".jp-OutputArea-output")
    expect(page.locator(ERROR).or_(last).first).to_be_attached(timeout=MINUTES)
    return page.locator(ERROR).all_inner_texts()
