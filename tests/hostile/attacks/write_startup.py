# %% attack exercise="add" aim="disturb"
# A start-up file is left for every IPython that this user starts.
from pathlib import Path

try:
    place = Path.home() / ".ipython/profile_default/startup"
    place.mkdir(parents=True, exist_ok=True)
    (place / "99-hostile-suite.py").write_text("'left by the hostile suite'\n")
    print("startup written to", place)
except OSError as error:
    print(error.strerror)


def add(a, b):
    return 0
