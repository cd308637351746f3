"""Given cells are skipped only where no check and no answer can depend on them."""

from nbformat.v4 import new_code_cell, new_notebook

from grading.judge.needed import needed_cells


def cell(source: str, key: str, kind: str = "given"):
    """Make a code cell: given, an answer or a check."""
    nbgrader = {
        "grade_id": key,
        "solution": kind == "answer",
        "grade": kind == "check",
        "locked": kind == "check",
        "schema_version": 3,
        "task": False,
    }
    metadata = {} if kind == "given" else {"nbgrader": nbgrader}
    return new_code_cell(source, id=key, metadata=metadata)


def needed(*cells) -> set[str]:
    lessons = {each["id"] for each in cells if not each.metadata and each["id"] != "own"}
    return needed_cells(new_notebook(cells=list(cells)), lessons)


ANSWER = cell("def f(x):\n    return x", "answer", "answer")
CHECK = cell("check(f(3), 3)", "check", "check")


def test_a_figure_that_no_check_looks_at_is_skipped():
    drawn = cell("figure = plt.figure()\nshow(figure)", "drawn")
    assert needed(ANSWER, drawn, CHECK) == set()


def test_what_a_check_reads_runs_and_what_that_reads_too():
    first = cell("base = 2", "first")
    second = cell("data = [base] * 3", "second")
    assert needed(first, second, cell("check(f(data), 1)", "check", "check")) == {"first", "second"}


def test_a_name_that_only_the_students_answer_reads_runs():
    given = cell("scale = 2", "given")
    assert needed(given, cell("def f(x):\n    return x * scale", "a", "answer"), CHECK) == {"given"}


def test_a_function_may_use_a_name_that_is_set_below_it():
    helper = cell("def twice(x):\n    return factor * x", "helper")
    late = cell("factor = 2", "late")
    check = cell("check(twice(f(1)), 2)", "check", "check")
    assert needed(helper, ANSWER, late, check) == {"helper", "late"}


def test_a_cell_that_changes_a_needed_object_runs():
    made = cell("model = build()", "made")
    for change in ("model.fit(1)", "train(model)", "history = train(1, on=model)", "model.x = 1"):
        changed = cell(change, "changed")
        check = cell("check(model(1), 2)", "check", "check")
        assert needed(made, changed, check) == {"made", "changed"}


def test_what_a_function_calls_its_own_is_no_name_of_the_cells_above():
    """`hits` of the figure, of the given function and of the check are three different things."""
    drawn = cell("hits = slow()\nshow(hits)", "drawn")
    given = cell(
        "def count(x):\n    hits = 0\n    hits += x\n    note(hits)\n    return hits", "given"
    )
    check = cell(
        "def test(x):\n    hits = 1\n    hits += f(x)\n    check(count(hits))", "c", "check"
    )
    assert needed(drawn, given, ANSWER, check) == {"given"}


def test_what_a_function_takes_from_outside_is():
    for body in ("    global hits\n    hits += 1", "    hits.append(1)", "    hits[0] = 1"):
        made, changed = cell("hits = [0]", "made"), cell(f"def note():\n{body}", "changed")
        check = cell("note()\ncheck(f(hits), [1])", "check", "check")
        assert needed(made, ANSWER, changed, check) == {"made", "changed"}
    counted = cell("total += 1", "counted")
    read = cell("check(f(total), 1)", "check", "check")
    assert needed(cell("total = 0", "made"), counted, ANSWER, read) == {"made", "counted"}


def test_a_constant_is_handed_on_unchanged():
    made = cell("CENTERS = ring(8)\npoints = 1", "made")
    for name, cells in (("CENTERS", {"made"}), ("points", {"made", "drawn"})):
        drawn = cell(f"draw({name})", "drawn")
        assert needed(made, drawn, cell(f"check(f({name}), 1)", "check", "check")) == cells


def test_an_answer_that_reaches_for_names_another_way_has_everything_run():
    drawn = cell("figure = 1", "drawn")
    for trick in ("globals()['figure']", "exec('figure')", "get_ipython()", "import sys"):
        assert needed(drawn, cell(trick, "a", "answer"), CHECK) == {"drawn"}


def test_a_magic_among_the_answers_has_everything_run():
    assert needed(cell("a = 1", "given"), cell("%time f(1)", "a", "answer"), CHECK) == {"given"}


def test_a_given_cell_that_is_no_plain_python_runs():
    assert needed(cell("%matplotlib inline", "magic"), ANSWER, CHECK) == {"magic"}


def test_what_a_student_added_always_runs_with_what_it_reads():
    given = cell("scale = 2", "given")
    assert needed(given, cell("print(scale)", "own"), ANSWER, CHECK) == {"given"}
