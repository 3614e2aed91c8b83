"""Ctrl-C on a terminal in every program that lives, while its bar is there: FRAMELINE."""
import glob
import json
import os
import re
import signal
import socket
import sys

import h5py
import zmq
from on_terminal import OnTerminal, PATIENCE_S, bar

BARS = {
    "publish": "publishing", "record": "recording", "ventilate": "dealing out",
    "sink": "receiving"}


def free_endpoints(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    endpoints = [f"tcp://127.0.0.1:{server.getsockname()[1]}" for server in held]
    for server in held:
        server.close()
    return endpoints


def start():
    frames, control, tasks, results, handshake, recorder = free_endpoints(6)
    upstream = ["--connect", frames, "--control", control]
    commands = {
        "record": [*upstream, "--control-bind", recorder, "--out", "recording.h5"],
        "sink": ["--bind", results, "--handshake", handshake, "--out", "spectra.h5"],
        "fft": ["--connect", tasks, "--results", results],
        "ventilate": [*upstream, "--bind", tasks, "--sink", handshake],
        "publish": ["--bind", frames, "--control-bind", control,
                    "--history-bind", "tcp://127.0.0.1:*", "--size", "160x120", "--fps", "50",
                    "--wait-for", "2"]}
    return frames, {name: OnTerminal(name, sys.argv[1], name, *options, "--report", f"{name}.json")
                    for name, options in commands.items()}


def closed_entry(path):
    with h5py.File(path, "r") as file:
        entry = file["entry"]
        assert entry.attrs["closed"], f"{path} was interrupted"
        assert entry["missing"].shape == (0, 2), entry["missing"][:]
        return entry["data/data"].shape[0]


def ended(name, program, summary):
    """The number in its last line; its exit code must say the same as its report."""
    code = program.press_ctrl_c()
    lines = list(re.finditer(summary, program.text()))
    assert lines, f"{name} says nothing at the end:\n{program.text()}"
    line = lines[-1]
    with open(f"{name}.json") as file:
        report = json.load(file)
    lacks = report.get("missing", 0) + report.get("undelivered", 0)
    assert code == (3 if lacks else 0), (name, code, report)
    if name in BARS:
        program.check_screen(BARS[name])
    print(f"{name}: exit code {code}, {line.group(1)} frames")
    return int(line.group(1))


def series_end(subscriber):
    while subscriber.poll(PATIENCE_S * 1000):
        header = json.loads(subscriber.recv_multipart()[1])
        if header["htype"] == "series_end-1.0":
            return header
    raise AssertionError("no end of the stream")


context = zmq.Context()
subscriber = context.socket(zmq.SUB)
subscriber.rcvhwm = 0
endpoint, programs = start()
try:
    subscriber.subscribe("camera_frame")
    subscriber.connect(endpoint)
    for name, task in BARS.items():
        programs[name].wait_for(bar(task))
    rings = set().union(*(program.rings() for program in programs.values()))
    assert len(rings) == 3, f"the publisher's, ventilator's and worker's, found {rings}"

    # A line in the log while the bar is there.
    os.kill(programs["publish"].pid, signal.SIGSTOP)
    programs["record"].wait_for("waiting for the next frame")
    os.kill(programs["publish"].pid, signal.SIGCONT)

    recorded = ended("record", programs["record"], r"recorded (\d+) frames, 0 missing")
    assert closed_entry("recording.h5") == recorded > 0
    ended("ventilate", programs["ventilate"], r"\] +(\d+)/\? frames")  # its bar says it
    kept = ended("sink", programs["sink"], r"received (\d+) frames, \d+ missing")
    assert 0 < closed_entry("spectra.h5") <= kept
    ended("fft", programs["fft"], r"transformed (\d+) frames")
    published = ended("publish", programs["publish"], r"published (\d+) frames")
    assert series_end(subscriber)["frames"] == published

    left = [ring for ring in rings if os.path.exists(ring)]
    assert not left, f"rings were left behind: {left}"
    unfinished = [name for ending in ("new", "part") for name in glob.glob(f"*.{ending}")]
    assert not unfinished, unfinished
    runtime = os.listdir(os.environ["FRAMELINE_RUNTIME_DIR"])
    told = [name for name in runtime for program in programs.values()
            if f"-{program.pid}-" in name]
    assert not told, f"do not run any more: {told}"
finally:
    for program in programs.values():
        program.kill()
    context.destroy(0)
