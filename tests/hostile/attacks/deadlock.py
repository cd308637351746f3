# %% attack exercise="add" aim="stop" others="any"
# A lock is waited for that nobody gives back.
import threading


def add(a, b):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
