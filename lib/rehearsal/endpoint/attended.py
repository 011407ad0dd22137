"""Runs ministack for as long as somebody holds its standard input open: whoever started it may die, and it is not left."""
import os
import runpy
import signal
import sys
import threading


def wait_for_the_end():
    sys.stdin.buffer.read()
    os.killpg(os.getpgrp(), signal.SIGKILL)


threading.Thread(target=wait_for_the_end, daemon=True).start()
runpy.run_module("ministack", run_name="__main__")
