#!/usr/bin/python3
"""The pipeline to the sink in the steady state, beside what a user of Python would write.

    benchmarks/pipeline.py [CONTENDER ...] [--rounds 5] [--warm-up 2000] [--frames 2000]

    default             Frameline, workers as processes, the default engine
    ENGINE              the same with another engine
    default-threads     one worker with as many threads; so with every engine
    peer[-tcp][-kept]   benchmarks/peer_pipeline.py; over TCP; with memory kept by malloc

Whole processes on this machine, without files. The contenders take turns. Printed are medians over
the rounds of frames/s and of CPU milliseconds per frame and process, and the ratio of the rates to
that of the best peer. benchmarks/table.py measures the sizes and outputs that are published.
"""
import argparse

from frameline_bench import javas, pipelines, report
from frameline_bench.measure import Plan, measure
from frameline_bench.options import positive, run_main


def run():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contenders", nargs="*", default=["default", "default-threads", "peer"])
    parser.add_argument("--rounds", type=positive, default=5)
    parser.add_argument("--warm-up", type=positive, default=2000)
    parser.add_argument("--frames", type=positive, default=2000)
    parser.add_argument("--size", default="640x480")
    parser.add_argument("--format", default="RGB8", choices=pipelines.TYPES)
    parser.add_argument("--output", default="complex", choices=("complex", "log-magnitude"))
    parser.add_argument("--workers", type=positive, default=2)
    options = parser.parse_args()
    javas.build()
    title = (f"{options.size} {options.format} to {options.output}, "
             f"{options.workers} worker{'s' * (options.workers > 1)}")
    row = pipelines.row("pipeline", title, options.contenders, size=options.size,
                        pixels=options.format, output=options.output, workers=options.workers)
    plan = Plan(rounds=options.rounds, warm_up=options.warm_up, frames=options.frames)
    header = report.about()
    print(report.markdown({row.name: report.result(row, plan, measure(row, plan), header)}), end="")


if __name__ == "__main__":
    run_main("pipeline", run)
