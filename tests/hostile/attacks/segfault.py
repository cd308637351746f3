# %% attack exercise="add" aim="stop" others="any"
# The process reads address 0.
import ctypes


def add(a, b):
    return ctypes.string_at(0)
