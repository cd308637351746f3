"""Fetch what the browser tests need, once: `make browser` runs this.

It takes a Chromium that is on this machine, else one that npm brings. Where none can be had, the
tests are left out and name the reason; anything else that goes wrong ends the command.
"""

import json
import platform
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parents[1] / ".venv/browser"
READY = FOLDER / "ready.json"  # how to start Chromium
MISSING = FOLDER / "missing.txt"  # why there is none
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_NETWORK = r"\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH)\b"
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{folder}/fonts</dir>
  <cachedir>{folder}/fonts-cache</cachedir>
</fontconfig>
"""


class NoBrowserError(Exception):
    """There is no browser to be had here; the text says why."""


def main() -> None:
    """Install, and note down how to start the browser or why there is none."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for note in (READY, MISSING):
        note.unlink(missing_ok=True)
    try:
        READY.write_text(json.dumps(install()))
    except NoBrowserError as reason:
        MISSING.write_text(str(reason))
        print(f"The browser tests will be left out: {reason}", file=sys.stderr)


def install() -> dict:
    """Return how to start Chromium: "executable", and "environment" to add to ours."""
    own = next((path for name in NAMES if works(path := shutil.which(name))), None)
    if own is None and (sys.platform, platform.machine()) != ("linux", "x86_64"):
        raise NoBrowserError("no Chromium or Chrome on the PATH")
    fetch(() if own is None else ("--omit=dev",))
    if own:
        return {"executable": own, "environment": {}}
    return unpack(FOLDER / "node_modules/@sparticuz/chromium/bin")


def works(path: str | None) -> bool:
    """Tell whether a program is there and starts: some systems have a stand-in that does not."""
    return bool(path) and subprocess.run([path, "--version"], capture_output=True).returncode == 0


def fetch(options: tuple[str, ...]) -> None:
    """Let npm install what the lock file pins."""
    npm = shutil.which("npm")
    if not npm:
        raise NoBrowserError("npm is not installed")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / name, FOLDER)
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
    done = subprocess.run([*command, *options], cwd=FOLDER, capture_output=True, text=True)
    if done.returncode and re.search(NO_NETWORK, done.stderr):
        raise NoBrowserError("npm has no network")
    if done.returncode:
        sys.exit(f"npm could not install what the browser tests need:\n{done.stderr[-2000:]}")


def unpack(packed: Path) -> dict:
    """Unpack npm's Chromium with the libraries and fonts that come with it."""
    folder = FOLDER / "chromium"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    subprocess.run(["node", HERE / "unpack.mjs", packed, folder], check=True)
    for archive in folder.glob("*.tar"):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        archive.unlink()
    (folder / "fonts.conf").write_text(FONTS.format(folder=folder))
    environment = {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
    if not works(str(folder / "chromium")):
        environment["LD_LIBRARY_PATH"] = str(folder / "lib")
    return {"executable": str(folder / "chromium"), "environment": environment}


if __name__ == "__main__":
    main()
