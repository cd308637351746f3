# %% attack exercise="add" aim="stop" others="any"
# A million calls deep, with Python's own guard taken off.
import sys

sys.setrecursionlimit(10**6)


def add(a, b):
    return add(a, b) + 1
