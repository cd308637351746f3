# %% attack exercise="add" aim="points"
# Not a number, which some comparisons let pass.
def add(a, b):
    return float("nan")
