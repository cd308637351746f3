# %% attack exercise="add" aim="stop" others="any"
# It sleeps for good, and every signal that can be ignored is ignored.
import signal
import time


def add(a, b):
    for number in range(1, 32):
        try:
            signal.signal(number, signal.SIG_IGN)
        except (OSError, ValueError):
            pass
    while True:
        try:
            time.sleep(3600)
        except BaseException:
            continue
