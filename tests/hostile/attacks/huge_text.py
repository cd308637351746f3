# %% attack exercise="add" aim="stop" bound="50 MB"
# A text of 50 MB.
def add(a, b):
    return "9" * 50_000_000
