# %% attack exercise="add" aim="disturb" bound="one process, 60 seconds"
# A process leaves its session and its parent, to live on.
import os
import subprocess
import sys

if os.fork() == 0:
    os.setsid()
    subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60) # HOSTILE-SURVIVOR"])
    os._exit(0)


def add(a, b):
    return 0
