#!/usr/bin/python3
"""The whole table of docs/performance.md: Frameline beside its peers, in turns.

    benchmarks/table.py [--rows pipeline,tcp] [--rounds 5] [--json FILE] [--markdown FILE]
                        [--update docs/performance.md] [--picture FILE.svg]

Rows that are in the JSON file and not measured now stay there, so the table can be made in pieces;
--rows none measures nothing and only writes. Whole processes on this machine (Linux), each with
its peer in Python: benchmarks/peer_*.py, which need pyzmq, numpy, scipy and h5py, and use pyfftw if
it is there. A row that fails says so in one line; the others are measured all the same, and the
exit code is 1.
"""
import argparse
import pathlib
import sys

from frameline_bench import curves, javas, recordings, report, rows
from frameline_bench.measure import Plan, measure
from frameline_bench.options import positive, run_main
from frameline_bench.processes import Failure

QUICK = Plan(rounds=1, warm_up=50, frames=100, minutes=0.1, seconds=1)


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    names = [row.name for row in rows.all_rows(None, None)]
    parser.add_argument("--rows", default="all", help="all, none or some of " + ", ".join(names))
    parser.add_argument("--rounds", type=positive, help="how often each contender runs (5)")
    parser.add_argument("--warm-up", type=positive, help="frames before the steady state (2000)")
    parser.add_argument("--frames", type=positive, help="frames that are measured then (2000)")
    parser.add_argument("--minutes", type=float, help="how long the latency is looked at (1)")
    parser.add_argument("--quick", action="store_true",
                        help="one short round, to see whether everything works")
    parser.add_argument("--java-home", help="another JDK that takes part in pipeline and fft")
    parser.add_argument("--footage", help="a video, instead of that of Debian's opencv-doc")
    for name, what in (("json", "write all results there"), ("markdown", "write the tables there"),
                       ("update", "put the tables into this document"),
                       ("picture", "draw the curves there")):
        parser.add_argument("--" + name, type=pathlib.Path, metavar="FILE", help=what)
    options = parser.parse_args(arguments)
    wanted = {"all": names, "none": []}.get(options.rows, options.rows.split(","))
    unknown = [name for name in wanted if name not in names]
    if unknown:
        parser.error(f"expected rows of {', '.join(names)}, found {unknown[0]}")
    if options.minutes is not None and not 0.01 <= options.minutes <= 24 * 60:
        parser.error(f"--minutes: expected 0.01 to 1440, found {options.minutes}")
    options.rows = wanted
    return options


def plan_of(options):
    plan = QUICK if options.quick else Plan()
    given = {name: getattr(options, name) for name in ("rounds", "warm_up", "frames", "minutes")
             if getattr(options, name) is not None}
    return Plan(**{**vars(plan), **given})


def write(options, found):
    text = report.markdown(found)
    if options.json:
        report.store(options.json, found)
    if options.markdown:
        options.markdown.write_text(text)
    if options.update:
        report.update(options.update, text)
    if options.picture:
        options.picture.write_text(curves.picture(found))
    return text


def run(options):
    for path in (options.json, options.markdown, options.picture):
        if path:
            report.check_writable(path)
    if options.update:
        report.around(options.update)
    plan = plan_of(options)
    found = report.load(options.json)
    failed = 0
    if options.rows:
        javas.build()
    programs, footage = javas.Programs(), recordings.Footage(options.footage)
    other = None
    try:
        other = javas.OtherJava(options.java_home) if options.java_home else None
        table = rows.all_rows(programs, footage, other)
        for row in table:
            if row.name not in options.rows:
                continue
            try:
                header = report.about(other)
                found[row.name] = report.result(row, plan, measure(row, plan), header)
            except Failure as e:
                failed += 1
                print(f"table: {row.name}: {e}", file=sys.stderr, flush=True)
            # After each row, so that what was measured is not lost.
            found = {r.name: found[r.name] for r in table if r.name in found}
            write(options, found)
    finally:
        for one in (programs, footage, other):
            if one:
                one.close()
    print(write(options, found), end="")
    return 1 if failed else 0


if __name__ == "__main__":
    run_main("table", lambda: run(options_of(sys.argv[1:])))
