# %% attack exercise="add" aim="stop" others="any" bound="300 processes, 20 seconds"
# Three hundred processes that sleep.
import os
import time


def add(a, b):
    for _ in range(300):
        if os.fork() == 0:
            time.sleep(20)
            os._exit(0)
    return 0
