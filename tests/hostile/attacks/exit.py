# %% attack exercise="add" aim="stop" others="any"
# Python ends at once, with success.
import os


def add(a, b):
    os._exit(0)
