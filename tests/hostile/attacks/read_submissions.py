# %% attack exercise="add" aim="secrets"
# The work of others is looked for in the folders around, and read.
import os
import re
from pathlib import Path

roots = [
    Path.cwd(),
    *list(Path.cwd().parents)[:-2],
    Path(os.environ.get("COURSE_ROOT", "/nowhere")),
]
for root in roots:
    for path in [*root.glob("*/*/*.ipynb"), *root.glob("grading/submitted/*/*/*.ipynb")][:50]:
        print(set(re.findall("KEY-" + "OTHER", path.read_text(errors="replace"))))


def add(a, b):
    return 0
