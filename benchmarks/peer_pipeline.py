#!/usr/bin/python3
"""What a user of Python would write: ventilator, workers and sink, with pyzmq and scipy.

    benchmarks/peer_pipeline.py ventilate TASKS SHAPE TYPE
    benchmarks/peer_pipeline.py fft TASKS RESULTS OUTPUT
    benchmarks/peer_pipeline.py sink RESULTS OUTPUT

Frames of random pixels (SHAPE as 480x640x3, TYPE uint8 or uint16) go through PUSH/PULL without a
copy by Python; workers send half spectra (OUTPUT complex) or log(1 + |X|) (log-magnitude) of them,
in single precision. The sink prints how many came, and when, every ten. TASKS and RESULTS are
endpoints. Each runs until it is killed.
"""
import argparse
import json
import time

import numpy as np
import scipy.fft
import zmq

QUEUED = 16
LOOK_EVERY = 10


def endpoint(kind, bind=None, connect=None):
    made = zmq.Context.instance().socket(kind)
    made.sndhwm = made.rcvhwm = QUEUED
    if bind:
        made.bind(bind)
    else:
        made.connect(connect)
    return made


def ventilate(options):
    out = endpoint(zmq.PUSH, bind=options.tasks)
    shape = [int(n) for n in options.shape.split("x")]
    random = np.random.default_rng(1)
    most = np.iinfo(options.type).max
    frames = [random.integers(0, most, shape, options.type, True) for _ in range(40)]
    number = 0
    while True:
        frame = frames[number % len(frames)]
        header = {"frame": number, "shape": frame.shape, "type": options.type}
        out.send_multipart([json.dumps(header).encode(), frame], copy=False)
        number += 1


def transform(image, output):
    spectrum = scipy.fft.rfft2(image.astype(np.float32), axes=(0, 1))
    if output == "complex":
        return spectrum
    magnitude = np.abs(spectrum)
    return np.log1p(magnitude, out=magnitude)


def work(options):
    come = endpoint(zmq.PULL, connect=options.tasks)
    go = endpoint(zmq.PUSH, connect=options.results)
    while True:
        header, pixels = come.recv_multipart(copy=False)
        about = json.loads(header.bytes)
        image = np.frombuffer(pixels.buffer, about["type"]).reshape(about["shape"])
        go.send_multipart([header.bytes, transform(image, options.output)], copy=False)


def sink(options):
    come = endpoint(zmq.PULL, bind=options.results)
    element = np.complex64 if options.output == "complex" else np.float32
    received = 0
    while True:
        _, spectrum = come.recv_multipart(copy=False)
        np.frombuffer(spectrum.buffer, element)
        received += 1
        if received % LOOK_EVERY == 0:
            print(received, time.monotonic(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    roles = parser.add_subparsers(required=True)
    role = roles.add_parser("ventilate")
    role.set_defaults(run=ventilate)
    for name in ("tasks", "shape", "type"):
        role.add_argument(name)
    role = roles.add_parser("fft")
    role.set_defaults(run=work)
    for name in ("tasks", "results", "output"):
        role.add_argument(name)
    role = roles.add_parser("sink")
    role.set_defaults(run=sink)
    for name in ("results", "output"):
        role.add_argument(name)
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
