"""How long one pair of templates takes each of them, as a process from start to end."""

import json
import os
import pathlib
import resource
import statistics
import subprocess
import time

RUNS = 15


def _costs(command, text):
    """(seconds from start to end, seconds of processor)"""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compared(old, new):
    """A line with the medians; the runs alternate, so that both see the same load. The processor's time
    does not depend on what else runs."""
    ours = [os.environ["CFNGEN"], "diff", old, new]
    theirs = ["node", str(pathlib.Path(__file__).with_name("reference.js"))]
    line = json.dumps({"name": "speed", "old": old, "new": new}).encode()
    runs = [(*_costs(ours, b""), *_costs(theirs, line)) for _ in range(RUNS)]
    fast, fast_cpu, slow, slow_cpu = (statistics.median(times) for times in zip(*runs))
    return (f"one pair as a process: {1000 * fast:.1f} ms and {1000 * slow:.0f} ms, {slow / fast:.0f} times faster; "
            f"of the processor {1000 * fast_cpu:.1f} ms and {1000 * slow_cpu:.0f} ms, {slow_cpu / fast_cpu:.0f} times")
