# %% attack exercise="add" aim="disturb"
# A module is left beside the helpers, where the next submission imports from.
from pathlib import Path

import helpers

try:
    (Path(helpers.__file__).parent / "owned.py").write_text("")
    print("KEY-WRITTEN")
except OSError as error:
    print(error.strerror)


def add(a, b):
    return 0
