"""What students name their files stops nobody's work from being collected, and moves nobody's."""

import csv
import errno
import os
import warnings
import zipfile
from pathlib import Path

import pytest

from course.lms.collect import collect
from course.lms.names import LONGEST, safe_part
from grading.errors import UserError


def moodle(name: str, number: int, file: str = "toy.ipynb") -> str:
    return f"{name}_{number}_assignsubmission_file_/{file}"


def packed(path: Path, files) -> Path:
    with zipfile.ZipFile(path, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # two files of one name are meant
        for name, data in files.items() if isinstance(files, dict) else files:
            archive.writestr(name, data)
    return path


@pytest.fixture
def gather(tmp_path):
    """Collect downloads, one after the other; gives what came of the last, and all files."""

    def run(*downloads):
        for files in downloads:
            place = files if isinstance(files, Path) else packed(tmp_path / "download", files)
            submitted = tmp_path / "submitted"
            found = collect(place, "01_toy", submitted, tmp_path / "rosters/01_toy.csv")
        return found, {
            str(path.relative_to(submitted)): path.read_bytes()
            for path in submitted.rglob("*")
            if path.is_file()
        }

    return run


@pytest.fixture
def roster(tmp_path):
    """Gives the roster's rows as a spreadsheet reads them."""

    def read() -> list[dict[str, str]]:
        with (tmp_path / "rosters/01_toy.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


def work(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return {student: notebook} where each student has one file."""
    return {path.split("/")[0]: data for path, data in found.items()}


def test_two_sections_with_a_bob_each(gather):
    one, two = {moodle("Bob Smith", 1): b"one"}, {moodle("Bob Smith", 2): b"two"}
    assert work(gather(one, two)[1]) == {"bob-smith": b"one", "bob-smith-2": b"two"}
    again = {moodle("Bob Smith", 2): b"new", moodle("Bob Smith", 1): b"one"}
    assert work(gather(again)[1]) == {"bob-smith": b"one", "bob-smith-2": b"new"}


def test_a_number_that_makes_a_name_another_students(gather):
    found = work(
        gather(
            {
                moodle("Bob Smith", 1): b"1",
                moodle("Bob Smith", 2): b"2",
                moodle("Bob Smith 1", 3): b"3",
            }
        )[1]
    )
    assert found == {"bob-smith-1": b"1", "bob-smith-2": b"2", "bob-smith-1-3": b"3"}


def test_names_that_one_file_system_takes_for_another(gather):
    found = work(gather({"Ada/toy.ipynb": b"1", "ada/toy.ipynb": b"2"})[1])
    assert found == {"Ada": b"1", "ada-2": b"2"}


METADATA = """submission_1: {":submitters": [{":name": 李雷}], ":created_at": "x"}
submission_2: {":submitters": [{":name": 韩梅}], ":created_at": "2026-02-30"}
"""


def test_names_without_a_letter_of_ours_stay_apart(gather):
    files = {f"a/submission_{n}/toy.ipynb": str(n).encode() for n in (1, 2)}
    files["a/submission_metadata.yml"] = METADATA.encode()
    first = work(gather(files)[1])
    assert sorted(first.values()) == [b"1", b"2"]
    assert work(gather(files)[1]) == first


@pytest.mark.parametrize("text", ["x: [", 'Ada_1_assignsubmission_file_: {":submitters": []}', "1"])
def test_a_students_own_metadata_moves_nobody(gather, text):
    eve = {moodle("Eve", 2): b"eve", moodle("Eve", 2, "submission_metadata.yml"): text}
    found, files = gather({moodle("Ada", 1): b"ada", **eve})
    assert (found.system, work(files)) == ("moodle", {"ada": b"ada", "eve": b"eve"})
    folders = {"ada/toy.ipynb": b"ada", "eve/toy.ipynb": b"eve"}
    found, _ = gather({**folders, "eve/submission_metadata.yml": text.replace("Ada", "ada")})
    assert found.system == "folders"


def test_broken_metadata_beside_submissions_gets_one_sentence(gather):
    with pytest.raises(UserError, match=r"submission_metadata\.yml is not as Gradescope writes it"):
        gather({"a/submission_1/toy.ipynb": b"", "a/submission_metadata.yml": "a: ["})


def test_damaged_metadata_gets_one_sentence(gather, tmp_path):
    files = {"submission_1/toy.ipynb": b"", "submission_metadata.yml": METADATA.encode()}
    place = packed(tmp_path / "bad.zip", files)
    place.write_bytes(place.read_bytes().replace("李雷".encode(), b"123456"))
    with pytest.raises(UserError, match=r"writes it: submission_metadata\.yml is damaged"):
        gather(place)


def test_texts_typed_into_moodle_hide_no_files(gather):
    texts = {f"s{n}_{n}_assignsubmission_onlinetext_/onlinetext.html": b"" for n in range(3)}
    found, files = gather({**texts, **{moodle(f"s{n}", n): b"x" for n in range(3)}})
    assert (found.system, found.without) == ("moodle", [])
    assert work(files) == {"s0": b"x", "s1": b"x", "s2": b"x"}


def test_file_names_of_one_student_do_not_choose_the_system(gather):
    odd = {f"eve_11_{n}_ada_1_assignsubmission_file_{n}.ipynb": b"y" for n in range(7)}
    found, _ = gather({**{f"s{n}_{n}_{n}_toy.ipynb": b"x" for n in range(5)}, **odd})
    assert (found.system, len(found.students)) == ("canvas", 6)
    odd = {f"class/eva/s{n}_{n}_1_toy.ipynb": b"y" for n in range(7)}
    found, _ = gather({**{f"class/t{n}/toy.ipynb": b"x" for n in range(5)}, **odd})
    assert found.students == ["eva", "t0", "t1", "t2", "t3", "t4"]
    odd = {f"Eve_9_assignsubmission_file_/s{n}_{n}_1_toy.ipynb": b"y" for n in range(7)}
    found, _ = gather({**{moodle(f"s{n}", n): b"x" for n in range(5)}, **odd})
    assert (found.system, len(found.students)) == ("moodle", 6)


def test_sections_side_by_side_are_one_class(gather):
    found, _ = gather({f"section {n}/s{n}_{n}_{n}_toy.ipynb": b"x" for n in range(3)})
    assert (found.system, len(found.students)) == ("canvas", 3)
    found, _ = gather({f"section {n}/{moodle(f's{n}', n)}": b"x" for n in range(3)})
    assert (found.system, len(found.students)) == ("moodle", 3)


@pytest.mark.parametrize("stray", ["aaa.txt", "class/aaa.txt", "class\\", "class\\s1\\"])
def test_what_lies_above_the_students_is_no_student(gather, stray):
    files = {f"class/s{n}/toy.ipynb": b"x" for n in range(3)}
    assert gather({stray: b"", **files})[0].students == ["s0", "s1", "s2"]


def test_a_student_with_folders_of_his_own_is_one_student(gather):
    files = {"class/ada/data/more.ipynb": b"x", "class/ada/toy.ipynb": b"x"}
    assert gather(files)[0].students == ["ada"]


def damaged(path: Path, how: str) -> Path:
    """Pack two students' work, and damage the second, or all by a flag of the zip."""
    files = {moodle("Ada", 1): b"ada", moodle("Bea", 2): b"bea's work"}
    data = bytearray(packed(path, files).read_bytes())
    if how == "is damaged":
        data[data.index(b"bea's work")] ^= 255
    for head, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        place = data.find(head)
        while place >= 0 and how != "is damaged":
            if how == "has a password":
                data[place + at] |= 1
            else:
                data[place + at + 2] = 9  # Deflate64
            place = data.find(head, place + 4)
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("how", ["is damaged", "has a password", "is packed in a way"])
def test_what_cannot_be_unpacked_replaces_nothing(gather, tmp_path, how):
    old = {moodle("Ada", 1): b"old", moodle("Bea", 2): b"old"}
    found, files = gather(old, damaged(tmp_path / "bad.zip", how))
    assert work(files)["bea"] == b"old"
    assert work(files)["ada"] == (b"ada" if how == "is damaged" else b"old")
    assert how in found.damaged[-1]
    assert "bea" not in found.students


def test_names_that_no_disk_takes_stop_nobody(gather):
    names = ["a" * 160 + ".ipynb", "答" * 100 + ".ipynb", "x.ipynb", "x.ipynb/y.ipynb"]
    names += ["/".join(["d" * 140] * 40) + "/deep.ipynb"]
    found, files = gather({**{moodle("Ada", 1, n): b"1" for n in names}, moodle("Bo", 2): b"2"})
    assert found.aside == []
    assert len(files) == len(names) + 1
    assert all(len(part.encode()) <= LONGEST for path in files for part in path.split("/"))
    assert sum(path.endswith(".ipynb") for path in files) >= len(names)


def test_folders_of_students_with_odd_names(gather):
    files = {"e" * 300 + "/toy.ipynb": b"1", "_eve/toy.ipynb": b"2", "bea/toy.ipynb": b"3"}
    found, _ = gather(files)
    assert found.students == ["bea", "e" * LONGEST, "eve"]  # the grader passes over _eve


def test_names_with_commands_to_a_terminal(gather, roster):
    files = {moodle("A\x1b[31mda\n", 1): b"1", "Bo_2_assignsubmission_file_x\n.ipynb": b"2"}
    found, written = gather(files)
    assert (found.aside, sorted(written.values())) == ([], [b"1", b"2"])
    assert [row["name"] for row in roster()] == ["Ada", "Bo"]


def test_a_name_keeps_its_suffix():
    assert safe_part("答" * 100 + ".ipynb").endswith("答.ipynb")
    assert len(safe_part("a." + "b" * 300)) == LONGEST


def test_a_folder_name_in_latin_1_becomes_text(gather, tmp_path, roster):
    for name in (b"M\xfcller", b"bea"):
        place = os.fsencode(tmp_path / "class") + b"/" + name
        os.makedirs(place)  # noqa: PTH103 - no Path holds these bytes
        Path(os.fsdecode(place), "toy.ipynb").write_bytes(name)
    found, files = gather(tmp_path / "class")
    assert found.students == ["Müller", "bea"]
    assert work(files)["Müller"] == b"M\xfcller"
    assert [row["name"] for row in roster()] == ["Müller", "bea"]


def test_a_zip_is_copied_whole(gather, tmp_path, monkeypatch):
    monkeypatch.setattr("course.lms.layout.LARGEST", 10)
    inner = packed(tmp_path / "inner.zip", {"toy.ipynb": b"x" * 100}).read_bytes()
    files = {moodle("Ada", 1, "toy.zip"): inner, moodle("Bo", 2): b"y" * 100}
    assert work(gather(files)[1]) == {"ada": inner, "bo": b"y" * 11}
    monkeypatch.setattr("course.lms.layout.LARGEST_ZIP", 10)
    found, files = gather(files)
    assert "toy.zip (larger than" in found.aside[0]
    assert work(files) == {"bo": b"y" * 11}


def test_two_files_of_one_name_are_both_kept(gather):
    files = [(moodle("Ada", 1), b"first"), (moodle("Ada", 1), b"second")]
    assert sorted(gather(files)[1].values()) == [b"first", b"second"]


def test_names_that_point_out_of_a_zip_are_listed(gather):
    out = ["/etc/x.ipynb", "..\\..\\e.ipynb", "ada/../../up.ipynb"]
    found, files = gather({**dict.fromkeys(out, b"x"), "bea/toy.ipynb": b"y"})
    assert found.aside == ["/etc/x.ipynb", "../../e.ipynb", "ada/../../up.ipynb"]
    assert work(files) == {"bea": b"y"}


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.ENAMETOOLONG])
def test_a_full_disk_stops_and_a_name_does_not(gather, monkeypatch, code):
    real = Path.open

    def refuse(path, mode="r", *rest, **how):
        if mode == "wb" and path.name == "bad.ipynb":
            raise OSError(code, os.strerror(code))
        return real(path, mode, *rest, **how)

    monkeypatch.setattr(Path, "open", refuse)
    files = {"ada/bad.ipynb": b"1", "ada/toy.ipynb": b"2", "bea/toy.ipynb": b"3"}
    if code == errno.ENOSPC:
        with pytest.raises(UserError, match=r"ada/bad\.ipynb cannot be written: No space left"):
            gather(files)
    else:
        found, written = gather(files)
        assert found.aside == ["ada/bad.ipynb (File name too long)"]
        assert work(written) == {"ada": b"2", "bea": b"3"}


def test_a_download_that_is_not_there_gets_one_sentence(gather, tmp_path):
    with pytest.raises(UserError, match=r"there is no .*nosuch\.zip"):
        gather(tmp_path / "nosuch.zip")


def test_a_zip_that_was_cut_gets_one_sentence(gather, tmp_path):
    whole = packed(tmp_path / "whole", {moodle("Ada", 1): b"ada" * 100}).read_bytes()
    (tmp_path / "cut").write_bytes(whole[:-60])
    with pytest.raises(UserError, match=r"neither a folder nor a whole zip file"):
        gather(tmp_path / "cut")
