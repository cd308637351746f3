# %% attack exercise="add" aim="points"
# A number that differs each time it is read.
class Moving(float):
    reads = 0

    def __float__(self):
        Moving.reads += 1
        return float(Moving.reads)

    __eq__ = lambda self, other: Moving.reads % 2 == 0
    __index__ = lambda self: 5


def add(a, b):
    return Moving(0)
