#!/usr/bin/python3
"""What a user of Python would write: ventilator, workers and sink as processes, with pyzmq and scipy.

    benchmarks/peer_pipeline.py SHAPE TYPE OUTPUT WORKERS

Frames of random pixels (SHAPE as 480x640x3, TYPE uint8 or uint16) go through PUSH/PULL without a
copy by Python; workers send half spectra (OUTPUT complex) or log(1 + |X|) (log-magnitude) of them.
Prints the process numbers, then a line with the number of results and the time for every hundred.
Runs until it is killed.
"""
import json
import multiprocessing
import os
import sys
import time

import numpy as np
import scipy.fft
import zmq

QUEUED = 16


def socket(kind, name, bind=None, connect=None):
    made = zmq.Context.instance().socket(kind)
    made.sndhwm = made.rcvhwm = QUEUED
    if bind:
        made.bind(bind)
    else:
        made.connect(connect)
    return made


def ventilate(shape, element, tasks):
    out = socket(zmq.PUSH, "tasks", bind=tasks)
    random = np.random.default_rng(1)
    frames = [random.integers(0, np.iinfo(element).max, shape, element, True) for _ in range(40)]
    number = 0
    while True:
        frame = frames[number % len(frames)]
        header = {"frame": number, "shape": frame.shape, "type": element}
        out.send_multipart([json.dumps(header).encode(), frame], copy=False)
        number += 1


def work(output, tasks, results):
    come = socket(zmq.PULL, "tasks", connect=tasks)
    go = socket(zmq.PUSH, "results", connect=results)
    while True:
        header, pixels = come.recv_multipart(copy=False)
        about = json.loads(header.bytes)
        image = np.frombuffer(pixels.buffer, about["type"]).reshape(about["shape"])
        spectrum = scipy.fft.rfft2(image.astype(np.float32), axes=(0, 1))
        if output == "log-magnitude":
            spectrum = np.log1p(np.abs(spectrum))
        go.send_multipart([header.bytes, spectrum], copy=False)


def main():
    shape, element, output, workers = sys.argv[1:]
    shape = [int(n) for n in shape.split("x")]
    folder = f"ipc:///tmp/frameline-peer-{os.getpid()}"
    tasks, results = folder + "-tasks", folder + "-results"
    sink = socket(zmq.PULL, "results", bind=results)
    starts = [("ventilate", ventilate, (shape, element, tasks))]
    starts += [(f"fft-{n}", work, (output, tasks, results)) for n in range(int(workers))]
    processes = []
    for name, target, arguments in starts:
        process = multiprocessing.Process(target=target, args=arguments, daemon=True)
        process.start()
        processes.append((name, process.pid))
    print(json.dumps({"sink": os.getpid(), **dict(processes)}), flush=True)
    received = 0
    while True:
        header, payload = sink.recv_multipart(copy=False)
        np.frombuffer(payload.buffer, np.complex64 if output == "complex" else np.float32)
        received += 1
        if received % 100 == 0:
            print(received, time.monotonic(), flush=True)


if __name__ == "__main__":
    main()
