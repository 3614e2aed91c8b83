#!/usr/bin/python3
"""This checkout beside another one: whole processes, alternating, medians and their ratio.

    benchmarks/versions.py OTHER [--rounds 5]

OTHER is the folder of another checkout, both built. Frames are 640x480x3. Latencies are from the
grab to the recorder or the sink, at a rate that both sides keep up with.
"""
import argparse
import pathlib
import statistics

from frameline_bench import javas, pipelines, recordings
from frameline_bench.options import positive, run_main
from frameline_bench.processes import FRAMELINE

CASES = [
    ("pipeline, 2 workers, frames/s", lambda f: pipelines.report(2, 600, frameline=f), None),
    ("recorder, frames/s", lambda f: recordings.report(3000, frameline=f), None),
    ("recorder at 60 frames/s, p99 ms",
     lambda f: recordings.report(900, fps=60, frameline=f), "p99"),
    ("pipeline at 15 frames/s, p99 ms",
     lambda f: pipelines.report(2, 300, fps=15, frameline=f), "p99"),
]


def figure(report, percentile):
    return report["latency_ms"][percentile] if percentile else report["frames_per_second"]


def run():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", type=pathlib.Path)
    parser.add_argument("--rounds", type=positive, default=5)
    options = parser.parse_args()
    javas.build()
    other = str(options.other.resolve() / "scripts" / "frameline")
    for name, report, percentile in CASES:
        pairs = [(figure(report(FRAMELINE), percentile), figure(report(other), percentile))
                 for _ in range(options.rounds)]
        here, there = (statistics.median(column) for column in zip(*pairs))
        spread = [f"{min(column):.1f}-{max(column):.1f}" for column in zip(*pairs)]
        print(f"{name:34s} here {here:8.1f} ({spread[0]})   other {there:8.1f} ({spread[1]})   "
              f"ratio {here / there:5.2f}   (medians of {options.rounds})", flush=True)


if __name__ == "__main__":
    run_main("versions", run)
