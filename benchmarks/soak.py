#!/usr/bin/python3
"""Runs the whole pipeline for long, with faults, and looks whether anything leaks or gets lost.

    benchmarks/soak.py [--seconds 1800] [--size 160x120] [--format Mono8] [--picture FILE.svg]

A worker is killed every 20 s and another started; the recorder is stopped (SIGSTOP) for 5 s every
minute. Memory, threads and file descriptors of each process are sampled from /proc. At the end the
ledgers must add up: what was published is recorded or missing, at every consumer. With --strict
nothing may be missing at all, and every frame must be transformed. Linux only.
"""
import argparse
import json
import os
import pathlib
import random
import signal
import subprocess
import time

from frameline_bench.curves import Picture
from frameline_bench.options import run_main
from frameline_bench.processes import FRAMELINE, Failure, Group, endpoints

SAMPLE_EVERY = 1.0
PATIENCE = 120
ROTATE = "256MiB"
# Below this a curve is still the warming up of the virtual machine.
JUDGE_FROM = 240
LINES = {"publish": "#0072b2", "ventilate": "#e69f00", "fft-1": "#cc79a7", "fft-2": "#d55e00",
         "sink": "#009e73", "record": "#8a7500"}
PANELS = [("rss_mib", "resident memory, MiB"), ("threads", "threads"), ("fds", "file descriptors")]


class Pipeline(Group):
    """The processes of one run."""

    def __init__(self, options):
        super().__init__()
        pub, self.control, tasks, results, handshake, recorder = endpoints(6)
        subscribe = ["--connect", pub, "--control", self.control]
        self.commands = {
            "sink": ["sink", "--bind", results, "--handshake", handshake],
            "ventilate": ["ventilate", *subscribe, "--bind", tasks, "--sink", handshake,
                          "--workers", "2"],
            "record": ["record", *subscribe, "--control-bind", recorder, "--out", "soak.h5",
                       "--rotate-size", ROTATE],
            "publish": ["publish", "--bind", pub, "--control-bind", self.control, "--wait-for", "2",
                        "--size", options.size, "--format", options.format,
                        "--fps", str(options.fps)],
        }
        for worker in ("fft-1", "fft-2"):
            self.commands[worker] = ["fft", "--connect", tasks, "--results", results]

    def begin(self, name):
        self.frameline(name, *self.commands[name], "--report", f"{name}.json")

    def kill(self, name):
        self.processes[name].kill()
        self.processes[name].wait()

    def ask(self, *arguments):
        return subprocess.run([FRAMELINE, *arguments], cwd=self.directory, env=self.environment,
                              capture_output=True, text=True, timeout=PATIENCE)

    def summary(self, name):
        return json.loads((self.directory / f"{name}.json").read_text())

    def log(self, name):
        return (self.directory / f"{name}.log").read_text()[-3000:]

    def prune(self):
        """Keeps the newest files of the recording, so that the disk need not hold all."""
        for old in sorted(self.directory.glob("soak_*.h5"))[:-2]:
            old.unlink()


def sample(pid):
    """Memory, threads and descriptors of a process, or None when it is gone."""
    try:
        status = pathlib.Path(f"/proc/{pid}/status").read_text()
        fields = dict(line.split(":", 1) for line in status.splitlines())
        return {"rss_mib": int(fields["VmRSS"].split()[0]) / 1024,
                "threads": int(fields["Threads"]),
                "fds": len(os.listdir(f"/proc/{pid}/fd"))}
    except (OSError, KeyError):
        return None


def await_frames(pipeline):
    """Waits until frames flow to every consumer."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for name, process in pipeline.processes.items():
            if pipeline.exit_code(name) is not None:
                raise Failure(f"{name} ended by itself:\n{pipeline.log(name)}")
        answer = pipeline.ask("status", "--all", "--json").stdout
        streams = json.loads(answer)["streams"] if answer.startswith("{") else []
        if streams and sum(p["processed"] > 0 for p in streams[0]["processes"]) == 6:
            return
        time.sleep(0.2)
    raise Failure("no frames flow:\n" + "\n".join(pipeline.log(n) for n in pipeline.commands))


def run(pipeline, options, rng):
    """Lets it run, with faults; the samples per process, and the faults with their times."""
    samples = {name: [] for name in LINES}
    faults = {"killed": [], "stopped": []}
    start = time.monotonic()
    next_kill, next_stop, stopped_until = options.kill_every, options.stop_every, None
    while (now := time.monotonic() - start) < options.seconds:
        for name, process in pipeline.processes.items():
            if found := sample(process.pid):
                samples[name].append({"s": round(now, 1), **found})
        for name in ("publish", "ventilate", "sink", "record"):
            if pipeline.exit_code(name) is not None:
                raise Failure(f"{name} ended by itself:\n{pipeline.log(name)}")
        if now >= next_kill:
            worker = rng.choice(["fft-1", "fft-2"])
            pipeline.kill(worker)
            pipeline.begin(worker)
            faults["killed"].append(round(now, 1))
            next_kill += options.kill_every
        if stopped_until is None and now >= next_stop:
            pipeline.processes["record"].send_signal(signal.SIGSTOP)
            faults["stopped"].append(round(now, 1))
            stopped_until = now + options.stop_for
            next_stop += options.stop_every
        if stopped_until is not None and now >= stopped_until:
            pipeline.processes["record"].send_signal(signal.SIGCONT)
            stopped_until = None
        pipeline.prune()
        time.sleep(SAMPLE_EVERY)
    pipeline.processes["record"].send_signal(signal.SIGCONT)
    return samples, faults


def end(pipeline):
    """Ends the stream; everybody must end by itself. Exit codes."""
    print(pipeline.ask("status", "--all").stdout, flush=True)
    stopped = pipeline.ask("stop", "--control", pipeline.control)
    if stopped.returncode != 0:
        raise Failure(f"the publisher cannot be stopped: {stopped.stderr}")
    codes = {}
    for name, process in pipeline.processes.items():
        try:
            codes[name] = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure(f"{name} does not end:\n{pipeline.log(name)}") from None
    return codes


def check_ledgers(pipeline, codes, options):
    """The ledgers as one table, and what is wrong with them."""
    wrong = []
    published = pipeline.summary("publish")["streams"][0]
    total, stream = published["processed"], published["stream"]
    table = {"published": total}
    for name in ("record", "ventilate", "sink"):
        mine = [c for c in pipeline.summary(name)["streams"] if c["stream"] == stream]
        if len(mine) != 1:
            wrong.append(f"{name}: expected one entry for the stream, found {mine}")
            continue
        counts = mine[0]
        table[name] = counts
        accounted = counts["first"] + counts["received"] + counts["missing"]
        if accounted != total:
            wrong.append(f"{name}: published {total}, first + received + missing {accounted}")
        gone = counts["processed"] + sum(counts["dropped"].values()) + counts["late"]
        if counts["received"] != gone:
            wrong.append(f"{name}: received {counts['received']}, accounted for {gone}")
        if (codes[name] == 3) != (pipeline.summary(name)["missing"] > 0) and name != "ventilate":
            wrong.append(f"{name}: exit code {codes[name]} with {counts['missing']} missing")
        if options.strict and (counts["missing"] or counts["first"] or codes[name] != 0):
            wrong.append(f"{name}: strict, but {counts} and exit code {codes[name]}")
    for name, code in codes.items():
        if code not in (0, 3):
            wrong.append(f"{name}: exit code {code}\n{pipeline.log(name)}")
    return table, wrong


def summary(samples):
    """Per process and quantity: the most in the second and in the last third of the run."""
    rows = {}
    for name, points in samples.items():
        third = points[-1]["s"] / 3
        middle = [p for p in points if third <= p["s"] < 2 * third] or points
        last = [p for p in points if p["s"] >= 2 * third] or points
        rows[name] = {key: (max(p[key] for p in middle), max(p[key] for p in last))
                      for key, _ in PANELS}
    return rows


def check_flat(rows, seconds):
    if seconds < JUDGE_FROM:
        return []
    wrong = []
    for name, row in rows.items():
        for key, slack in (("rss_mib", 48), ("threads", 3), ("fds", 6)):
            before, after = row[key]
            if after > 1.15 * before + slack:
                wrong.append(f"{name}: {key} grew from {before:.0f} to {after:.0f}")
    return wrong


def picture(samples, faults, options, title):
    """The curves as SVG."""
    drawn = Picture(title, LINES, len(PANELS))
    for key, label in PANELS:
        drawn.panel(label, {name: [(p["s"], p[key]) for p in points]
                            for name, points in samples.items()},
                    options.seconds, lambda s: f"{s / 60:.1f} min", marks=faults["killed"],
                    bands=[(at, options.stop_for) for at in faults["stopped"]])
    return drawn.text()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--seconds", type=float, default=1800)
    parser.add_argument("--size", default="160x120")
    parser.add_argument("--format", default="Mono8")
    parser.add_argument("--fps", type=float, default=60)
    parser.add_argument("--kill-every", type=float, default=20)
    parser.add_argument("--stop-every", type=float, default=60)
    parser.add_argument("--stop-for", type=float, default=5)
    parser.add_argument("--strict", action="store_true")
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 30))
    parser.add_argument("--picture", type=pathlib.Path, help="write the curves to this SVG file")
    parser.add_argument("--samples", type=pathlib.Path, help="write the samples to this JSON file")
    options = parser.parse_args()
    print("seed", options.seed, flush=True)
    with Pipeline(options) as pipeline:
        for name in pipeline.commands:
            pipeline.begin(name)
        await_frames(pipeline)
        samples, faults = run(pipeline, options, random.Random(options.seed))
        codes = end(pipeline)
        table, wrong = check_ledgers(pipeline, codes, options)
    rows = summary(samples)
    wrong += check_flat(rows, options.seconds)
    print(f"{len(faults['killed'])} workers killed, recorder stopped {len(faults['stopped'])} times")
    for name, counts in table.items():
        print(name, json.dumps(counts))
    print("exit codes", codes)
    print("most in the second and in the last third:")
    for name, row in rows.items():
        print(f"  {name:10}" + "".join(f"  {key} {a:.0f} -> {b:.0f}" for key, (a, b) in row.items()))
    if options.samples:
        options.samples.write_text(json.dumps({"samples": samples, "faults": faults}))
    if options.picture:
        title = (f"{options.seconds / 60:.0f} minutes at {options.fps:.0f} frames/s of "
                 f"{options.size} {options.format}; dashed: a worker killed, grey: recorder stopped")
        options.picture.write_text(picture(samples, faults, options, title))
    for fault in wrong:
        print("WRONG:", fault)
    print("ledger closed" if not wrong else "FAILED")
    return 1 if wrong else 0


if __name__ == "__main__":
    run_main("soak", main)
