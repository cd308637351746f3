"""What the grader tells its zygote at its start; it holds nothing that a student may not read."""

import json
import os
import sys
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from grading.sandbox.limits import Limits
from grading.sandbox.room import COURSE, GRADER, SCRATCH, visible

AGENT = "grading.judge.agent:serve"
JUDGE = "grading.judge.apart:serve"
TRIAL = "grading.sandbox.trial:serve"
KERAS = ("import tensorflow", "import keras")
_ALWAYS = (
    "import numpy",
    "import matplotlib.pyplot",
    "import IPython.core.interactiveshell",
    "import helpers",
)


@dataclass(frozen=True)
class Settings:
    """How a zygote works.

    Attributes:
        limits: what each submission may use.
        entry: the function, "module:name", that a worker runs with its channel.
        sandbox: whether workers are closed in.
        warm: whether workers are forked from a process that has imported everything.
        imports: the statements that are run before the first fork.
        visible: (source, target) of everything that is bound into the room.
        hide: folders that are covered where something bound shows them.
        environment: the environment of the zygote and of its workers, whole.
        one_user: True where the sandbox has only one user of the machine to work with.
    """

    limits: Limits
    entry: str = AGENT
    sandbox: bool = True
    warm: bool = True
    imports: tuple[str, ...] = ()
    visible: list = field(default_factory=list)
    hide: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    one_user: bool = False

    def but(self, **changes) -> "Settings":
        """Return a copy with some changes."""
        return replace(self, **changes)

    def start_path(self, grader: str) -> str:
        """Return where Python finds the grader before it is in the room."""
        return grader if self.sandbox else self.environment["PYTHONPATH"]

    def dumps(self) -> str:
        """Write as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> "Settings":
        """Read what `dumps` wrote."""
        data = json.loads(text)
        return cls(**{**data, "limits": Limits(**data["limits"])})


def settings_for(root: Path, limits: Limits, *, sandbox=True, warm=True, imports=(), entry=AGENT):
    """Return the settings of a zygote for the course at `root`."""
    root = root.resolve()
    return Settings(
        limits=limits,
        entry=entry,
        sandbox=sandbox,
        warm=warm,
        imports=_imports(entry, imports) if warm else (),
        visible=visible(root) if sandbox else [],
        hide=[str(root)] if sandbox else [],
        environment=_environment(root, sandbox),
    )


def _imports(entry: str, imports: tuple[str, ...]) -> tuple[str, ...]:
    """Return what is imported before the first fork; a stand-in for the agent needs little."""
    always = _ALWAYS if entry == AGENT or imports else ()
    return (*always, *imports)


def _environment(root: Path, sandbox: bool) -> dict[str, str]:
    """Return a worker's environment: nothing of the grader's own but where programs lie."""
    grader = Path(__file__).resolve().parents[2]
    course = COURSE if sandbox else str(root)
    path = [COURSE, GRADER] if sandbox else [str(grader), course]
    return {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        **({"HOME": SCRATCH, "TMPDIR": SCRATCH} if sandbox else {}),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "COURSE_ROOT": course,
        "COURSE_EXECUTION": "unattended",
        "NBGRADER_EXECUTION": "autograde",
        "MPLBACKEND": "Agg",
        "KERAS_BACKEND": "tensorflow",
        "CUDA_VISIBLE_DEVICES": "-1",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        **{f"{name}_NUM_THREADS": "1" for name in ("OPENBLAS", "OMP", "MKL")},
        **{f"TF_NUM_{name}_THREADS": "2" for name in ("INTRAOP", "INTEROP")},
    }
