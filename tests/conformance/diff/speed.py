"""How long one pair of templates takes each of them, as a process from start to end."""

import json
import os
import pathlib
import statistics
import subprocess
import time

RUNS = 9


def _seconds(command, text):
    start = time.perf_counter()
    subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def compared(old, new):
    """A line with the medians; the runs alternate, so that both see the same load."""
    ours = [os.environ["CFNGEN"], "diff", old, new]
    theirs = ["node", str(pathlib.Path(__file__).with_name("reference.js"))]
    line = json.dumps({"name": "speed", "old": old, "new": new}).encode()
    runs = [(_seconds(ours, b""), _seconds(theirs, line)) for _ in range(RUNS)]
    fast, slow = (statistics.median(times) for times in zip(*runs))
    return f"one pair as a process: {1000 * fast:.1f} ms and {1000 * slow:.0f} ms, {slow / fast:.0f} times faster"
