#!/usr/bin/python3
"""The pipeline to the sink in the steady state, beside what a user of Python would write.

    benchmarks/pipeline.py [CONTENDER ...] [--rounds 5] [--warm-up 2000] [--frames 2000]

    frameline           workers as processes, the default engine
    frameline:ENGINE    the same with another engine
    frameline-threads   one worker with as many threads
    peer                benchmarks/peer_pipeline.py

Whole processes on this machine, without files. The contenders take turns. Printed are medians over
the rounds of frames/s and of CPU milliseconds per frame and process, and the ratio of the rates to
those of the peer.
"""
import argparse
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

import zmq

from dispatch import FRAMELINE, ROOT, endpoints

TICKS = os.sysconf("SC_CLK_TCK")
LIMIT = 300
TYPES = {"Mono8": ("", "uint8"), "Mono16": ("", "uint16"), "RGB8": ("x3", "uint8")}


def cpu_seconds(pid):
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Frameline:
    def __init__(self, directory, options, engine, threads):
        pub, control, tasks, results, self.handshake = endpoints(5)
        self.directory = directory
        self.processes = {}
        self.start("sink", "sink", "--bind", results, "--handshake", self.handshake)
        fft = ["--connect", tasks, "--results", results, "--output", options.output]
        if engine:
            fft += ["--engine", engine]
        if threads:
            self.start("fft", "fft", *fft, "--threads", str(options.workers))
        else:
            for n in range(options.workers):
                self.start(f"fft-{n}", "fft", *fft)
        self.start("ventilate", "ventilate", "--connect", pub, "--control", control, "--bind",
                   tasks, "--sink", self.handshake, "--workers",
                   "1" if threads else str(options.workers))
        self.start("publish", "publish", "--bind", pub, "--control-bind", control, "--wait-for",
                   "1", "--source", "synthetic:ramp", "--size", options.size, "--format",
                   options.format, "--fps", "max", "--lossless")
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.REQ)
        self.socket.rcvtimeo = LIMIT * 1000
        self.socket.connect(self.handshake)

    def start(self, name, *command):
        log = open(pathlib.Path(self.directory, name + ".log"), "w")
        self.processes[name] = subprocess.Popen([FRAMELINE, *command], cwd=self.directory,
                                                stdin=subprocess.DEVNULL, stderr=log)

    def pids(self):
        return {name: process.pid for name, process in self.processes.items()}

    def at_least(self, frames):
        """Waits for so many results; returns how many there are, and the time."""
        deadline = time.monotonic() + LIMIT
        while time.monotonic() < deadline:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    sys.exit(f"{name} has ended: " +
                             pathlib.Path(self.directory, name + ".log").read_text())
            self.socket.send_json({"request": "status"})
            received = self.socket.recv_json()["received"]
            if received >= frames:
                return received, time.monotonic()
            time.sleep(0.05)
        sys.exit(f"expected {frames} results within {LIMIT} s")

    def close(self):
        self.socket.close(0)
        self.context.term()
        for process in self.processes.values():
            process.kill()
            process.wait()


class Peer:
    def __init__(self, options):
        channels, element = TYPES[options.format]
        width, height = options.size.split("x")
        self.process = subprocess.Popen(
            ["/usr/bin/python3", str(ROOT / "benchmarks" / "peer_pipeline.py"),
             f"{height}x{width}{channels}", element, options.output, str(options.workers)],
            stdout=subprocess.PIPE, text=True, start_new_session=True)
        self.numbers = json.loads(self.process.stdout.readline())

    def pids(self):
        return self.numbers

    def at_least(self, frames):
        for line in self.process.stdout:
            received, moment = line.split()
            if int(received) >= frames:
                return int(received), float(moment)
        sys.exit("the peer has ended")

    def close(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def run(contender, options):
    with tempfile.TemporaryDirectory() as directory:
        name, _, engine = contender.partition(":")
        pipeline = (Peer(options) if name == "peer"
                    else Frameline(directory, options, engine, name == "frameline-threads"))
        try:
            begun, since = pipeline.at_least(options.warm_up)
            before = {name: cpu_seconds(pid) for name, pid in pipeline.pids().items()}
            ended, until = pipeline.at_least(begun + options.frames)
            after = {name: cpu_seconds(pid) for name, pid in pipeline.pids().items()}
        finally:
            pipeline.close()
    frames = ended - begun
    result = {"frames/s": frames / (until - since)}
    for name in before:
        kind = name.split("-")[0]
        result[kind] = result.get(kind, 0) + 1000 * (after[name] - before[name]) / frames
    result["sum"] = sum(value for key, value in result.items() if key != "frames/s")
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("contenders", nargs="*", default=["frameline", "frameline-threads", "peer"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--warm-up", type=int, default=2000)
    parser.add_argument("--frames", type=int, default=2000)
    parser.add_argument("--size", default="640x480")
    parser.add_argument("--format", default="RGB8", choices=TYPES)
    parser.add_argument("--output", default="complex", choices=("complex", "log-magnitude"))
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    runs = {contender: [] for contender in options.contenders}
    for _ in range(options.rounds):
        for contender, results in runs.items():
            results.append(run(contender, options))
    peer = [result["frames/s"] for result in runs.get("peer", [])]
    print(f"{options.size} {options.format} to {options.output}, {options.workers} workers, "
          f"{options.rounds} rounds; CPU in ms per frame")
    for contender, results in runs.items():
        medians = {key: statistics.median(r[key] for r in results) for key in results[0]}
        rates = [r["frames/s"] for r in results]
        ratio = f" ({medians['frames/s'] / statistics.median(peer):.2f} of the peer)" if peer else ""
        print(f"{contender:20} {medians.pop('frames/s'):6.1f} frames/s{ratio}, "
              f"{min(rates):.1f} to {max(rates):.1f}; "
              + "  ".join(f"{key} {value:.2f}" for key, value in medians.items()), flush=True)


if __name__ == "__main__":
    main()
