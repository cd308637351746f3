# %% attack exercise="add" aim="stop"
# Lists in lists, a hundred thousand deep.
def add(a, b):
    value = []
    for _ in range(100_000):
        value = [value]
    return value
