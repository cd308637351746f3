# %% attack exercise="add" aim="stop" bound="30 MB"
# Thirty megabytes of pictures.
from IPython.display import HTML, display


def add(a, b):
    for _ in range(30):
        display(HTML("<p>" + "x" * 1_000_000 + "</p>"))
    return 0
