"""Ctrl-C is answered at once, before what runs has ended."""

import os
import signal
import threading

SENTENCE = b"\ncourse: stopping\n"


def say_at_once() -> None:
    """Have the first Ctrl-C say that the command stops; where signals are taken already, nothing.

    A command started in the background is not stopped by Ctrl-C, and stays so.
    """
    here = threading.current_thread() is threading.main_thread()
    if here and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _say_and_stop)


def _say_and_stop(*_signal) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.write(2, SENTENCE)  # print may be in the middle of a line, and must not be entered twice
    raise KeyboardInterrupt
