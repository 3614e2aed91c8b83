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
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
FRAMELINE = str(ROOT / "scripts" / "frameline")
SAMPLE_EVERY = 1.0
PATIENCE = 120
ROTATE = "256MiB"
# Below this a curve is still the warming up of the virtual machine.
JUDGE_FROM = 240
LINES = {"publish": "#0072b2", "ventilate": "#e69f00", "fft-1": "#cc79a7", "fft-2": "#d55e00",
         "sink": "#009e73", "record": "#8a7500"}
PANELS = [("rss_mib", "resident memory, MiB"), ("threads", "threads"), ("fds", "file descriptors")]


def endpoints(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    names = [f"tcp://127.0.0.1:{s.getsockname()[1]}" for s in held]
    for s in held:
        s.close()
    return names


class Pipeline:
    """The processes of one run, in a directory of their own."""

    def __init__(self, directory, options):
        self.directory = pathlib.Path(directory)
        self.options = options
        self.environment = dict(os.environ, FRAMELINE_RUNTIME_DIR=str(self.directory / "running"))
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
        self.processes = {}

    def start(self, name):
        with open(self.directory / f"{name}.log", "ab") as log:
            self.processes[name] = subprocess.Popen(
                [FRAMELINE, *self.commands[name], "--report", f"{name}.json"],
                cwd=self.directory, stderr=log, env=self.environment)

    def signal(self, name, number):
        self.processes[name].send_signal(number)

    def kill(self, name):
        self.signal(name, signal.SIGKILL)
        self.processes[name].wait()

    def frameline(self, *arguments):
        return subprocess.run([FRAMELINE, *arguments], cwd=self.directory, env=self.environment,
                              capture_output=True, text=True, timeout=PATIENCE)

    def report(self, name):
        return json.loads((self.directory / f"{name}.json").read_text())

    def log(self, name):
        return (self.directory / f"{name}.log").read_text()[-3000:]

    def prune(self):
        """Keeps the newest files of the recording, so that the disk need not hold all."""
        for old in sorted(self.directory.glob("soak_*.h5"))[:-2]:
            old.unlink()

    def close(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
                process.wait()


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
            if process.poll() is not None:
                raise SystemExit(f"{name} ended by itself:\n{pipeline.log(name)}")
        answer = pipeline.frameline("status", "--all", "--json").stdout
        streams = json.loads(answer)["streams"] if answer.startswith("{") else []
        if streams and sum(p["processed"] > 0 for p in streams[0]["processes"]) == 6:
            return
        time.sleep(0.2)
    raise SystemExit("no frames flow:\n" + "\n".join(pipeline.log(n) for n in pipeline.commands))


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
            if pipeline.processes[name].poll() is not None:
                raise SystemExit(f"{name} ended by itself:\n{pipeline.log(name)}")
        if now >= next_kill:
            worker = rng.choice(["fft-1", "fft-2"])
            pipeline.kill(worker)
            pipeline.start(worker)
            faults["killed"].append(round(now, 1))
            next_kill += options.kill_every
        if stopped_until is None and now >= next_stop:
            pipeline.signal("record", signal.SIGSTOP)
            faults["stopped"].append(round(now, 1))
            stopped_until = now + options.stop_for
            next_stop += options.stop_every
        if stopped_until is not None and now >= stopped_until:
            pipeline.signal("record", signal.SIGCONT)
            stopped_until = None
        pipeline.prune()
        time.sleep(SAMPLE_EVERY)
    pipeline.signal("record", signal.SIGCONT)
    return samples, faults


def finish(pipeline):
    """Ends the stream; everybody must end by itself. Exit codes."""
    print(pipeline.frameline("status", "--all").stdout, flush=True)
    stopped = pipeline.frameline("stop", "--control", pipeline.control)
    if stopped.returncode != 0:
        raise SystemExit(f"the publisher cannot be stopped: {stopped.stderr}")
    codes = {}
    for name, process in pipeline.processes.items():
        try:
            codes[name] = process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise SystemExit(f"{name} does not end:\n{pipeline.log(name)}") from None
    return codes


def check_ledgers(pipeline, codes, options):
    """The ledgers as one table, and what is wrong with them."""
    wrong = []
    published = pipeline.report("publish")["streams"][0]
    total, stream = published["processed"], published["stream"]
    table = {"published": total}
    for name in ("record", "ventilate", "sink"):
        mine = [c for c in pipeline.report(name)["streams"] if c["stream"] == stream]
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
        if (codes[name] == 3) != (pipeline.report(name)["missing"] > 0) and name != "ventilate":
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
    """The curves as SVG, readable on white and on black."""
    width, height, left, top = 760, 170, 60, 60
    total = max(options.seconds, 1)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 20} '
        f'{top + len(PANELS) * (height + 45) + 20}" role="img" font-family="sans-serif" '
        'font-size="13">', f"<title>{title}</title>",
        "<style>text{fill:#222}.grid{stroke:#8886}.stop{fill:#8883}.kill{stroke:#888;"
        "stroke-dasharray:2 3}polyline{fill:none;stroke-width:1.6}"
        "@media(prefers-color-scheme:dark){svg{background:#111}text{fill:#ddd}}</style>",
        f'<text x="{left}" y="20" font-size="15">{title}</text>']
    for i, (name, colour) in enumerate(LINES.items()):
        x = left + i * 105
        out.append(f'<path d="M{x} 38h18" stroke="{colour}" stroke-width="3"/>'
                   f'<text x="{x + 23}" y="42">{name}</text>')
    for number, (key, label) in enumerate(PANELS):
        base = top + number * (height + 45) + 20 + height
        most = 1.1 * max(p[key] for points in samples.values() for p in points)
        out.append(f'<text x="{left}" y="{base - height - 6}">{label}</text>')
        for at in faults["stopped"]:
            out.append(f'<rect class="stop" x="{left + at / total * width:.1f}" '
                       f'y="{base - height}" width="{options.stop_for / total * width:.1f}" '
                       f'height="{height}"/>')
        for at in faults["killed"]:
            x = left + at / total * width
            out.append(f'<path class="kill" d="M{x:.1f} {base - height}v{height}"/>')
        for step in range(5):
            y = base - step / 4 * height
            out.append(f'<path class="grid" d="M{left} {y:.1f}h{width}"/>'
                       f'<text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">'
                       f"{most * step / 4:.0f}</text>")
        for name, points in samples.items():
            # A curve of 30 minutes has no more points than it has pixels.
            some = points[::max(1, len(points) // 400)]
            line = " ".join(f'{left + p["s"] / total * width:.1f},'
                            f"{base - p[key] / most * height:.1f}" for p in some)
            out.append(f'<polyline stroke="{LINES[name]}" points="{line}"/>')
        for step in range(5):
            out.append(f'<text x="{left + step / 4 * width:.0f}" y="{base + 17}" '
                       f'text-anchor="middle">{total * step / 4 / 60:.1f} min</text>')
    return "\n".join([*out, "</svg>", ""])


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
    with tempfile.TemporaryDirectory(prefix="frameline-soak-") as directory:
        pipeline = Pipeline(directory, options)
        try:
            for name in pipeline.commands:
                pipeline.start(name)
            await_frames(pipeline)
            samples, faults = run(pipeline, options, random.Random(options.seed))
            codes = finish(pipeline)
            table, wrong = check_ledgers(pipeline, codes, options)
        finally:
            pipeline.close()
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
    sys.exit(main())
