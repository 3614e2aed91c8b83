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
import pathlib
import signal
import socket
import statistics
import subprocess
import tempfile
import threading
import time

import zmq

ROOT = pathlib.Path(__file__).resolve().parent.parent
FRAMELINE = str(ROOT / "scripts" / "frameline")
WAYS = ("push", "credit")
LIMIT = 300


def endpoints(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    names = [f"tcp://127.0.0.1:{s.getsockname()[1]}" for s in held]
    for s in held:
        s.close()
    return names


def received(pipeline):
    """How far the pipeline is, from the sink's own status."""
    assert pipeline.sink.poll() is None, "the sink has ended before the fault could be made"
    with zmq.Context() as context, context.socket(zmq.REQ) as socket:
        socket.linger = 0
        socket.rcvtimeo = 1000
        socket.connect(pipeline.handshake)
        socket.send_json({"request": "status"})
        try:
            return socket.recv_json()["received"]
        except zmq.Again:
            return 0


class Pipeline:
    def __init__(self, directory, way, frames, fps, size):
        pub, control, tasks, results, self.handshake = endpoints(5)
        self.directory = directory
        dispatch = ["--dispatch", way]
        self.sink = self.start("sink", "sink", "--bind", results, "--handshake", self.handshake,
                               "--report", "sink.json")
        self.workers = [self.start(f"fft-{i}", "fft", "--connect", tasks, "--results", results,
                                   "--output", "power", *dispatch) for i in (1, 2)]
        self.ventilator = self.start("ventilate", "ventilate", "--connect", pub, "--control",
                                     control, "--bind", tasks, "--sink", self.handshake,
                                     "--workers", "2", "--report", "ventilate.json", *dispatch)
        self.publisher = self.start("publish", "publish", "--bind", pub, "--control-bind", control,
                                    "--wait-for", "1", "--source", "synthetic:fringes",
                                    "--size", size, "--fps", fps, "--lossless",
                                    "--frames", str(frames))

    def start(self, name, *command):
        log = open(pathlib.Path(self.directory, name + ".log"), "w")
        return subprocess.Popen([FRAMELINE, *command], cwd=self.directory, stderr=log)

    def close(self):
        for program in [*self.workers, self.sink, self.ventilator, self.publisher]:
            if program.poll() is None:
                program.send_signal(signal.SIGCONT)
                program.kill()
            program.wait()


def slow_down(worker, over):
    """Lets a process run 10 ms of every 50."""
    while not over.wait(0.01) and worker.poll() is None:
        worker.send_signal(signal.SIGSTOP)
        over.wait(0.04)
        worker.send_signal(signal.SIGCONT)


def run(fault, way, frames, fps, size):
    with tempfile.TemporaryDirectory() as directory:
        pipeline = Pipeline(directory, way, frames, fps, size)
        over = threading.Event()
        helper = None
        try:
            victim = pipeline.workers[0]
            if fault == "slow":
                while received(pipeline) < frames // 20:
                    time.sleep(0.02)
                helper = threading.Thread(target=slow_down, args=(victim, over))
                helper.start()
            elif fault in ("killed", "stopped"):
                while received(pipeline) < frames // 3:
                    time.sleep(0.02)
                victim.send_signal(signal.SIGKILL if fault == "killed" else signal.SIGSTOP)
            pipeline.publisher.wait(timeout=LIMIT)
            published = time.monotonic()
            code = pipeline.sink.wait(timeout=LIMIT)
            tail = time.monotonic() - published
            ventilator = pipeline.ventilator.wait(timeout=LIMIT)
            sink = json.loads(pathlib.Path(directory, "sink.json").read_text())
            dealt = json.loads(pathlib.Path(directory, "ventilate.json").read_text())
            assert (code, ventilator) == (0, 0), (code, ventilator, sink, dealt)
            assert sink["frames"] == frames and sink["missing"] == 0, sink
            name = f"worker-{victim.pid}-"
            share = sum(w["share"] for key, w in sink["per_worker"].items()
                        if key.startswith(name))
            return {"frames/s": sink["frames_per_second"], "p99 ms": sink["latency_ms"]["p99"],
                    "tail s": tail, "resent": dealt["resent"], "duplicate": sink["duplicate"],
                    "share of victim": share}
        finally:
            over.set()
            if helper:
                helper.join()
            pipeline.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faults", nargs="*", default=["equal", "slow", "killed", "stopped"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--frames", type=int, default=1200)
    parser.add_argument("--fps", default="max")
    parser.add_argument("--size", default="640x480")
    parser.add_argument("--ways", default=",".join(WAYS))
    options = parser.parse_args()
    for fault in options.faults:
        runs = {way: [] for way in options.ways.split(",")}
        for _ in range(options.rounds):
            for way in runs:
                runs[way].append(run(fault, way, options.frames, options.fps, options.size))
        for way, results in runs.items():
            medians = {key: statistics.median(r[key] for r in results) for key in results[0]}
            print(f"{fault:8} {way:7}", "  ".join(f"{k} {v:.3g}" for k, v in medians.items()),
                  flush=True)


if __name__ == "__main__":
    main()
