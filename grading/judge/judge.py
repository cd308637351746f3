"""Run a rebuilt notebook: the student's cells in their process, the checks in this one."""

from dataclasses import dataclass

from grading.judge.flow import HIDDEN, Plan, is_check
from grading.judge.mirror import watched_names
from grading.judge.needed import needed_cells
from grading.judge.outputs import Outputs
from grading.judge.packing import Refused
from grading.judge.session import GRACE, Gone, Session
from grading.judge.testcell import ENVIRONMENT, TooSlow, error_facts, run_trusted
from grading.results import CRASHED, GRADED, TIMED_OUT

GONE = "StudentProcessEnded"


@dataclass(frozen=True)
class Outcome:
    """How a notebook's run ended: GRADED, CRASHED or TIMED_OUT, and why where it is not GRADED."""

    status: str = GRADED
    reason: str = ""


def run_notebook(notebook, plan: Plan, sock, limits, *, whole: bool = False) -> Outcome:
    """Run a notebook in place and return how it ended; nothing of a student's raises here.

    Args:
        notebook: a rebuilt notebook; outputs and execution counts of its code cells are set.
        plan: the lesson's plan, from its solution notebook.
        sock: connected to the student's process.
        limits: `cell` and `total` in seconds, `output` in bytes a cell.
        whole: True runs given cells as well that no check and no answer can depend on.
    """
    return Run(notebook, plan, sock, limits, whole=whole).run()


class Run:
    """One notebook on its way through the judge."""

    def __init__(self, notebook, plan: Plan, sock, limits, *, whole: bool = False):
        self.cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
        self.skipped = set() if whole else plan.given - needed_cells(notebook, plan.given)
        self.plan = plan
        self.output_limit = getattr(limits, "output", 1_000_000)
        self.outputs = Outputs(self.output_limit)
        self.session = Session(sock, seconds=limits.cell, total=limits.total)
        self.session.on_output = self.outputs.take
        self.names = {"__name__": "__main__"}
        self.trouble = ""

    def run(self) -> Outcome:
        """Run all cells in their order."""
        try:
            self.session.begin(ENVIRONMENT, output=self.output_limit)
        except (Gone, Exception):
            self.session.gone = self.session.gone or "Python itself did not start"
        for number, cell in enumerate(self.cells, 1):
            cell.outputs, cell.execution_count = [], None
            self.outputs.start_cell(cell.outputs)
            if is_check(cell):
                self._check(cell, number)
            elif cell["id"] not in self.skipped:
                self._students(cell, number)
                self._given(cell)
        return self._outcome()

    def _outcome(self) -> Outcome:
        if self.trouble:
            return Outcome(CRASHED, self.trouble)
        if not self.session.gone:
            return Outcome()
        status = TIMED_OUT if self.session.timed_out else CRASHED
        return Outcome(status, f"{self.session.gone} while the notebook ran")

    def _students(self, cell, number: int) -> None:
        """Run a cell in the student's process."""
        if self.session.gone:
            return
        cell.execution_count = number
        try:
            self.session.run(cell.source)
        except Gone as gone:
            self.outputs.error(GONE, str(gone), [str(gone)])
        except Exception as error:
            self.outputs.error(*error_facts(error))

    def _given(self, cell) -> None:
        """Run a given cell here too, where checks need it."""
        if cell.get("id") in self.plan.judged:
            try:
                run_trusted(cell.source, cell["id"], self.names, seconds=self.session.seconds)
            except (TooSlow, Exception) as error:
                what = f"{type(error).__name__}: {error}"[:300]
                self.trouble = f"the lesson's own cell {cell['id']} failed in the judge: {what}"

    def _check(self, cell, number: int) -> None:
        """Run a check here, against the student's process."""
        self.session.start_cell()
        self.outputs.muted = bool(HIDDEN.search(cell.source))  # what is printed shows its inputs
        cell.execution_count = number
        try:
            self._fetch(cell)
            self._watch(cell)
            seconds = self.session.seconds + 2 * GRACE  # a question that waits ends by itself
            run_trusted(
                cell.source, cell["id"], self.names, report=self.outputs.stream, seconds=seconds
            )
            self._share(cell)
        except Gone as gone:
            self.outputs.error(GONE, str(gone), [str(gone)])
        except (TooSlow, Exception) as error:
            self.outputs.error(*error_facts(error))

    def _fetch(self, cell) -> None:
        """Take the student's names that a check uses; one that is not there stays away."""
        names = self.plan.fetched.get(cell["id"], [])
        for name, (found, *value) in self.session.fetch(names).items():
            self.names.pop(name, None)
            if found == "found" and len(value) == 1:
                self.names[name] = value[0]
            elif found == "refused" and len(value) == 1:
                raise Refused(f"{name} cannot be read: {value[0]}"[:1_000])

    def _watch(self, cell) -> None:
        """Look out for changes to the values that a check compares afterwards."""
        names = watched_names(cell.source)
        self.session.watched = lambda: [self.names[name] for name in names if name in self.names]

    def _share(self, cell) -> None:
        """Hand what a check sets to the cells below that use it."""
        names = self.plan.shared.get(cell["id"], ())
        self.session.put({name: self.names[name] for name in names if name in self.names})
