"""Serve JupyterLab in this folder until standard input closes, as it does when the tests die."""

import os
import signal
import sys
import threading

from jupyterlab.labapp import main


def end_with_the_tests() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    threading.Thread(target=end_with_the_tests, daemon=True).start()
    main()
