"""Where student code runs: one sandbox for a process that grades, or for several together."""

from dataclasses import dataclass
from pathlib import Path

from grading.sandbox import Limits, NoSandbox, Pool
from grading.sandbox.doctor import self_test


@dataclass(frozen=True)
class Bench:
    """How student code runs; small enough to hand to any process of any machine.

    Attributes:
        root: the course tree.
        limits: what a submission may use.
        sandbox: False runs student code with the grader's own rights.
        imports: the lesson's own import statements, which are run once, before all submissions.
    """

    root: Path
    limits: Limits
    sandbox: bool = True
    imports: tuple[str, ...] = ()

    def open(self) -> Pool:
        """Make a pool of workers, on a machine that was seen to close them in.

        Raises:
            NoSandbox: student code cannot be closed in here, and `sandbox` asks for it.
        """
        faults = self_test(self.root, quick=True) if self.sandbox else []
        if faults:
            raise NoSandbox(f"the sandbox leaks here: {' '.join(faults)}")
        return Pool(self.root, self.limits, sandbox=self.sandbox, imports=self.imports)


_open: dict[Bench, Pool] = {}


def pool_of(bench: Bench) -> Pool:
    """Return this process's pool for a bench, made when it is first asked for."""
    if bench not in _open:
        _open[bench] = bench.open()
    return _open[bench]


def share(bench: Bench, pool: Pool) -> None:
    """Use a pool that another process of this machine has made."""
    _open[bench] = pool
