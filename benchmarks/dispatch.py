#!/usr/bin/python3
"""The two ways of dealing out frames side by side, with equal, slow and killed workers.

    benchmarks/dispatch.py [equal|slow|killed|stopped ...] [--rounds 3] [--frames 1200]

equal    two workers
slow     two workers, one of them five times slower: stopped 40 ms of every 50
killed   two workers, one of them killed (SIGKILL) after a third of the frames
stopped  two workers, one of them stopped (SIGSTOP) after a third of the frames, for good

Whole processes; the ways alternate, medians are printed. `frames/s` and `p99` are the sink's;
`tail` is the time from the end of the publisher to the end of the sink. Each run is checked:
every frame in the sink once.
"""
import argparse
import json
import os
import signal
import statistics
import threading
import time

from frameline_bench import javas, pipelines
from frameline_bench.counters import at_least
from frameline_bench.options import positive, run_main
from frameline_bench.processes import Group

WAYS = ("push", "credit")


def slow_down(pid, over):
    """Lets a process run 10 ms of every 50, until it has ended."""
    try:
        while not over.wait(0.01):
            os.kill(pid, signal.SIGSTOP)
            over.wait(0.04)
            os.kill(pid, signal.SIGCONT)
    except ProcessLookupError:
        pass


def one_run(fault, way, frames, fps, size):
    over = threading.Event()
    with Group() as group:
        counter = pipelines.start(group, size=size, output="power", dispatch=way, fps=fps,
                                  frames=frames)
        victim = group.processes["fft-0"]
        helper = threading.Thread(target=slow_down, args=(victim.pid, over))
        try:
            if fault == "slow":
                at_least(counter, frames // 20, group)
                helper.start()
            elif fault in ("killed", "stopped"):
                at_least(counter, frames // 3, group)
                victim.send_signal(signal.SIGKILL if fault == "killed" else signal.SIGSTOP)
            published = group.finish("publish", despite="fft-0")
            tail = group.finish("sink", despite="fft-0") - published
            group.finish("ventilate", despite="fft-0")
        finally:
            over.set()
            if helper.is_alive():
                helper.join()
            counter.close()
        sink = group.report("sink", frames)
        dealt = json.loads((group.directory / "ventilate.json").read_text())
    name = f"worker-{victim.pid}-"
    share = sum(w["share"] for key, w in sink["per_worker"].items() if key.startswith(name))
    return {"frames/s": sink["frames_per_second"], "p99 ms": sink["latency_ms"]["p99"],
            "tail s": tail, "resent": dealt["resent"], "duplicate": sink["duplicate"],
            "share of victim": share}


def run():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faults", nargs="*", default=["equal", "slow", "killed", "stopped"])
    parser.add_argument("--rounds", type=positive, default=3)
    parser.add_argument("--frames", type=positive, default=1200)
    parser.add_argument("--fps", default="max")
    parser.add_argument("--size", default="640x480")
    parser.add_argument("--ways", default=",".join(WAYS))
    options = parser.parse_args()
    javas.build()
    for fault in options.faults:
        runs = {way: [] for way in options.ways.split(",")}
        for _ in range(options.rounds):
            for way in runs:
                runs[way].append(one_run(fault, way, options.frames, options.fps, options.size))
        for way, results in runs.items():
            medians = {key: statistics.median(r[key] for r in results) for key in results[0]}
            print(f"{fault:8} {way:7}", "  ".join(f"{k} {v:.3g}" for k, v in medians.items()),
                  flush=True)


if __name__ == "__main__":
    run_main("dispatch", run)
