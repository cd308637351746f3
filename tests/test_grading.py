"""A class is graded through the command line, whatever was handed in."""

import io
import json
import os
import shutil
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook

from course.grading import class_run, enter_lesson, lesson_files
from course.sample import with_solutions
from grading import classrun, grade
from grading.errors import UserError
from grading.folders import Folders
from grading.judge.outputs import Outputs
from grading.results import UNGRADABLE, read_result
from grading.sandbox import NoSandbox
from grading.submissions import Submission, find_submissions
from tests.conftest import refuse, run_course

BROKEN = {
    "not-json": b"this is no notebook",
    "cut-off": b'{"cells": [{"cell_type": "code", "source": "x',
    "latin-1": '{"cells": ["é"]}'.encode("latin-1"),
    "no-cells": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "a-list": b"[1, 2, 3]",
}


@pytest.fixture(scope="module")
def graded(built_toy, tmp_path_factory):
    """A class of honest and broken submissions, graded once; returns the folder of results."""
    root = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(built_toy.root, root, symlinks=True)
    handed_in = root / "handed-in"
    for student, data in {**_honest(built_toy.lesson("01_toy")), **BROKEN}.items():
        (handed_in / student).mkdir(parents=True)
        (handed_in / student / "toy.ipynb").write_bytes(data)
    (handed_in / "empty").mkdir()
    assert run_course(root, "grade", "01_toy", "--submissions", handed_in) == 0
    return root / "grading"


def _honest(lesson) -> dict[str, bytes]:
    solution = nbformat.read(lesson.solution, as_version=4)
    release = nbformat.read(lesson.release, as_version=4)
    solved = nbformat.writes(with_solutions(release, solution, lambda position: True))
    dying = solved.replace("return add(a, a)", "import os; os._exit(3)")
    wrong = solved.replace("return a + b", "return a * b").replace('"b\\"', '"a\\"')
    texts = {"solved": solved, "blank": nbformat.writes(release), "wrong": wrong, "dying": dying}
    texts["late-start"] = nbformat.writes(with_solutions(release, solution, lambda at: at > 0))
    return {student: text.encode() for student, text in texts.items()}


def result(graded, student):
    return read_result(graded / "autograded" / student / "01_toy" / "result.json")


def test_what_is_not_answered_is_told_and_who_needs_it(graded):
    blank = {check.message for check in result(graded, "blank").checks}
    assert blank == {"this exercise is not answered yet", "no answer"}
    told = {check.grade_id: check.message for check in result(graded, "late-start").checks}
    assert told["add-check"] == told["add-hidden"] == "this exercise is not answered yet"
    assert told["twice-check"] == "an exercise that this one uses is not answered yet"
    assert told["binary-check"] == ""


def test_the_solution_gets_full_marks_and_the_release_none(graded):
    solved = result(graded, "solved")
    assert (solved.score, solved.automatic_points, solved.points) == (4, 4, 6)
    assert result(graded, "blank").score == 0


def test_a_wrong_answer_names_its_misconception(graded):
    wrong = result(graded, "wrong")
    causes = {check.grade_id: check.cause for check in wrong.checks if check.cause}
    assert causes["add-check"] == causes["add-hidden"] == "the numbers are multiplied"
    assert {c.grade_id for c in wrong.checks if c.earned == 0} >= {"add-check", "add-hidden"}


def test_a_wrong_choice_is_kept_with_the_reason_against_it(graded):
    (check,) = [c for c in result(graded, "wrong").checks if c.grade_id == "binary-check"]
    assert (check.choice, check.cause) == ("a", "2 is no binary digit")
    assert "Why not a:" in (graded / "feedback/wrong/01_toy/toy.html").read_text()


def test_pages_name_exercises_as_the_notebook_does(graded):
    pages = (graded / "feedback/wrong/01_toy/toy.html", graded / "reports/01_toy.html")
    for page in pages:
        assert 'Exercise 1 · add <code class="id">add</code>' in page.read_text()
        assert 'Reflection <code class="id">reflection</code>' in page.read_text()


@pytest.mark.parametrize("student", BROKEN)
def test_what_cannot_be_read_gets_an_explicit_zero_and_a_reason(graded, student):
    broken = result(graded, student)
    assert (broken.status, broken.score, broken.points) == ("unreadable", 0, 6)
    assert broken.reason.startswith("the notebook could not be read: toy.ipynb")


def test_an_empty_folder_is_missing_work(graded):
    assert result(graded, "empty").status == "missing"
    assert "no notebook was handed in: expected toy.ipynb" in result(graded, "empty").reason


def test_a_dying_kernel_keeps_what_came_before(graded):
    dying = result(graded, "dying")
    assert dying.status == "crashed"
    assert dying.score == 2


def test_the_gradebook_says_the_same(graded):
    with Gradebook(f"sqlite:///{graded}/gradebook.db") as book:
        for student in ("solved", "blank", "wrong", "dying", "empty", "not-json"):
            submission = book.find_submission("01_toy", student)
            assert submission.score == result(graded, student).score
            assert submission.max_score == 6
        assert book.find_submission("01_toy", "solved").needs_manual_grade
        assert not book.find_submission("01_toy", "blank").needs_manual_grade


def test_every_student_gets_a_page_that_shows_no_hidden_value(graded):
    for student in ("solved", "blank", "wrong", "dying", "empty", "not-json"):
        page = (graded / "feedback" / student / "01_toy" / "toy.html").read_text()
        assert "-11" not in page
        assert "28" not in page.split("</style>")[-1]
    assert "the numbers are multiplied" in (graded / "feedback/wrong/01_toy/toy.html").read_text()


def test_grading_again_does_no_work_twice_and_a_new_version_counts(graded, capsys):
    before = {p: p.stat().st_mtime_ns for p in graded.glob("autograded/*/01_toy/result.json")}
    handed_in = graded.parent / "handed-in"
    shutil.copy(handed_in / "solved/toy.ipynb", handed_in / "blank/toy.ipynb")
    assert run_course(graded.parent, "grade", "01_toy", "--submissions", handed_in) == 0
    changed = [p.parts[-3] for p, moment in before.items() if p.stat().st_mtime_ns != moment]
    assert changed == ["blank"]
    assert result(graded, "blank").score == 4


def test_a_report_is_shown_again(graded, capsys):
    assert run_course(graded.parent, "report") == 0
    out = capsys.readouterr().out
    assert "Toy lesson" in out
    assert "grading/reports/01_toy.html" in out


@pytest.mark.parametrize("data", [json.dumps({"lesson": 1}).encode(), b"\xff\xfe", b""])
@pytest.mark.parametrize("command", [("report",), ("similar", "01_toy")])
def test_a_damaged_result_says_what_to_do(graded, capsys, tmp_path, data, command):
    copy = tmp_path / "course"
    shutil.copytree(graded.parent, copy, symlinks=True)
    (copy / "grading/autograded/solved/01_toy/result.json").write_bytes(data)
    assert run_course(copy, *command) == 1
    error = capsys.readouterr().err
    assert "solved/01_toy/result.json is damaged" in error
    assert "grade again with --force" in error


def hand_in(toy, text: str = "{}"):
    """Write one student's notebook, and return the folder of submissions."""
    (toy.root / "handed-in/ada").mkdir(parents=True)
    (toy.root / "handed-in/ada/toy.ipynb").write_text(text)
    return toy.root / "handed-in"


def test_scores_without_a_sandbox_do_not_stand_in_one(toy, cli, capsys):
    handed_in = hand_in(toy, toy.lesson("01_toy").release.read_text())
    place = toy.root / "grading/autograded/ada/01_toy/result.json"
    assert cli("grade", "01_toy", "--submissions", handed_in, "--unsafe-no-sandbox") == 0
    assert not read_result(place).sandboxed
    assert "grading 1 submission\n" in capsys.readouterr().err
    assert cli("grade", "01_toy", "--submissions", handed_in) == 0
    assert read_result(place).sandboxed
    before = place.stat().st_mtime_ns
    assert cli("grade", "01_toy", "--submissions", handed_in, "--unsafe-no-sandbox") == 0
    assert place.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("module", "function", "place", "file"),
    [
        (os, "open", "ada/toy.ipynb", "toy.ipynb"),
        (os, "scandir", "handed-in/ada", "other.ipynb"),
        (io, "open", "ada/work.zip", "work.zip"),
    ],
)
def test_work_that_cannot_be_read_is_not_taken_for_missing(
    toy, cli, capsys, monkeypatch, module, function, place, file
):
    handed_in = hand_in(toy)
    (handed_in / "ada/toy.ipynb").rename(handed_in / "ada" / file)
    assert cli("grade", "01_toy", "--submissions", handed_in) == 0
    refuse(monkeypatch, module, function, place)  # in this process, which looks for what changed
    assert cli("grade", "01_toy", "--submissions", handed_in) == 1
    words = f"{place} cannot be read: give yourself the right to read it"
    assert words in capsys.readouterr().err


SLIPS = {
    "c.Foo.bar = = 1": "nbgrader_config.py cannot be run: SyntaxError: invalid syntax",
    "c.Foo.bar = nothing": "cannot be run: NameError: name 'nothing' is not defined",
    "c.CourseDirectory.course_id = 3": "sets what nbgrader does not take: The 'course_id' trait",
    "c.GenerateAssignment.force = 3": "sets what nbgrader does not take: The 'force' trait",
    'c.AssignLatePenalties.plugin_class = "no.Plugin"': "not take: The 'plugin_class' trait",
}


@pytest.mark.parametrize("line", SLIPS)
def test_a_slip_in_nbgraders_configuration_gets_one_sentence(toy, cli, capsys, line):
    with (toy.root / "nbgrader_config.py").open("a") as config:
        config.write(f"{line}\n")
    assert cli("grade", "01_toy", "--submissions", hand_in(toy)) == 1
    assert SLIPS[line] in capsys.readouterr().err


def test_bad_arguments_get_one_sentence(cli, capsys, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    archive = tmp_path / "x.zip"
    archive.write_bytes(b"a file")
    for arguments, code, words in [
        (
            ("grade", "07_none", "--submissions", empty),
            1,
            "there is no lesson '07_none'; there are 01_toy",
        ),
        (("grade", "01_toy", "--submissions", empty), 1, "holds no submissions"),
        (("grade", "01_toy", "--submissions", tmp_path / "no"), 1, "there is no folder"),
        (("grade", "01_toy", "--submissions", archive), 1, "run course collect LESSON"),
        (("build", "nothing"), 1, "there is no lesson 'nothing'"),
        (("report",), 1, "nothing is graded yet"),
        (("report", "01_toy"), 1, "nothing is graded yet"),
        (("grade",), 2, "Missing argument 'LESSON'"),
        (("grade", "01_toy"), 1, "there is no folder"),
        (("fly",), 2, "No such command 'fly'"),
        (("grade", "01_toy", "--submissions", empty, "--workers", "0"), 2, "not in the range"),
    ]:
        assert cli(*arguments) == code
        error = capsys.readouterr().err
        assert words in error
        assert "Traceback" not in error


def test_a_folder_that_cannot_be_written_gets_one_sentence(toy, cli, capsys, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    (tmp_path / "in/ada").mkdir(parents=True)
    code = cli("grade", "01_toy", "--submissions", tmp_path / "in", "--into", blocked / "deeper")
    error = capsys.readouterr().err
    assert code == 1
    assert error.count("course: ") == 1
    assert "Traceback" not in error


@pytest.fixture
def grade_with(built_toy, tmp_path, monkeypatch):
    """Grade one readable submission while one of the grader's steps raises an error."""
    lesson = built_toy.lesson("01_toy")
    shutil.copy(lesson.release, tmp_path / "toy.ipynb")
    master = grade.read_master(lesson_files(lesson))

    def grading(step: str, error: BaseException):
        def fail(*_rest, **_how):
            raise error

        place = Submission if step.startswith(".") else grade
        monkeypatch.setattr(place, step.lstrip("."), fail)
        return grade.grade_submission(master, Submission("ada", tmp_path), SimpleNamespace()).result

    return grading


ODD = [RecursionError(), MemoryError(), KeyError("a"), BrokenPipeError()]


@pytest.mark.parametrize("error", ODD, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("step", [".handed_in", ".timestamp", "read_notebook", "rebuild"])
def test_what_goes_wrong_with_one_submission_is_its_result(grade_with, step, error):
    result = grade_with(step, error)
    assert (result.status, result.score, result.points) == (UNGRADABLE, 0, 6)
    name = type(error).__name__
    assert f"the grader's own code failed on this submission ({name} in grade.py)" == result.reason
    assert not result.fingerprint  # so that it does not stand in the next run


STOPS = [UserError("damaged"), NoSandbox("none"), OSError(28, "disk full"), KeyboardInterrupt()]


@pytest.mark.parametrize("error", STOPS, ids=lambda error: type(error).__name__)
def test_what_goes_wrong_with_the_machine_stops_the_run(grade_with, error):
    with pytest.raises(type(error)):
        grade_with("judge_apart", error)


def test_half_a_letter_is_written_as_a_question_mark():
    outputs, cell = Outputs(1_000), []
    outputs.start_cell(cell)
    outputs.stream("stdout", "\ud800")
    outputs.error("\ud800", "\ud800", ["\ud800"])
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("", outputs=cell)])
    assert b"\\ud800" not in nbformat.writes(notebook).encode()
    assert (cell[0].text, cell[1].ename, cell[1].evalue, cell[1].traceback) == (
        "?",
        "?",
        "?",
        ["?"],
    )


def test_what_cannot_be_written_is_a_result_too(toy, monkeypatch):
    lesson, folders = toy.lesson("01_toy"), Folders(toy.root / "grading")
    handed_in = hand_in(toy)
    (handed_in / os.fsdecode(b"bela \xff")).mkdir()
    enter_lesson(lesson, folders)
    run = class_run(lesson, folders)
    master = classrun.master_of(run.files)
    students = [item.student for item in find_submissions(handed_in)]
    graded = [grade.not_graded(master, student, "\ud800") for student in students]
    odd = grade.Graded(graded[0].result, SimpleNamespace(cells=None))  # no notebook at all
    monkeypatch.setattr(classrun, "grade_all", lambda *_: (one for one in (odd, graded[1])))
    classrun.grade_class(run, find_submissions(handed_in))
    ada, bela = (read_result(folders.result("01_toy", name)) for name in ("ada", "bela %DCFF"))
    assert (ada.status, bela.status) == (UNGRADABLE, "crashed")
    assert "failed on this submission" in ada.reason


def test_a_resubmission_that_cannot_be_looked_at_is_graded_again(toy, monkeypatch):
    run = class_run(toy.lesson("01_toy"), Folders(toy.root / "grading"))
    (ada,) = find_submissions(hand_in(toy))
    master = classrun.master_of(run.files)
    assert classrun._fingerprint(master, ada)

    def fail(*_rest):
        raise RecursionError

    monkeypatch.setattr(Submission, "handed_in", fail)
    assert classrun._fingerprint(master, ada) is None
