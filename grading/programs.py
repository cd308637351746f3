"""Find the programs that came with the course's own packages."""

import os
import sys
from pathlib import Path


def own_programs_first() -> None:
    """Put this environment's programs first on PATH: nbgrader starts `alembic` by its bare name."""
    own = str(Path(sys.executable).parent)
    path = os.environ.get("PATH", "")
    if own not in path.split(os.pathsep):
        os.environ["PATH"] = os.pathsep.join(filter(None, [own, path]))
