# %% attack exercise="add" aim="stop" others="any"
# An iterator without an end.
def add(a, b):
    while True:
        yield a
