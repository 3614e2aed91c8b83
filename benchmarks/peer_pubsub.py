#!/usr/bin/python3
"""A publisher and its subscribers in Python, as fast as pyzmq goes.

    benchmarks/peer_pubsub.py publish ENDPOINT BYTES SUBSCRIBERS
    benchmarks/peer_pubsub.py subscribe ENDPOINT

The publisher sends the same array again and again without a copy by Python, as soon as so many
have subscribed, and waits for the slowest. A subscriber prints how many came, and when, every
hundred; it can also listen to `frameline publish`. Each runs until it is killed.
"""
import argparse
import time

import numpy as np
import zmq

TOPIC = b"camera_frame"
LOOK_EVERY = 100


def publish(options):
    out = zmq.Context.instance().socket(zmq.XPUB)
    out.setsockopt(zmq.XPUB_NODROP, 1)
    out.setsockopt(zmq.XPUB_VERBOSE, 1)
    out.sndhwm = options.queue
    out.bind(options.endpoint)
    for _ in range(options.subscribers):
        out.recv()
    frame = np.random.default_rng(1).integers(0, 255, options.bytes, np.uint8)
    while True:
        out.send_multipart([TOPIC, b'{"frame":1}', frame], copy=False)


def subscribe(options):
    come = zmq.Context.instance().socket(zmq.SUB)
    come.rcvhwm = options.queue
    come.connect(options.endpoint)
    come.subscribe(TOPIC)
    received = 0
    while True:
        come.recv_multipart(copy=False)
        received += 1
        if received % LOOK_EVERY == 0:
            print(received, time.monotonic(), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queue", type=int, default=1000, help="messages that may wait")
    roles = parser.add_subparsers(required=True)
    role = roles.add_parser("publish")
    role.set_defaults(run=publish)
    role.add_argument("endpoint")
    role.add_argument("bytes", type=int)
    role.add_argument("subscribers", type=int)
    role = roles.add_parser("subscribe")
    role.set_defaults(run=subscribe)
    role.add_argument("endpoint")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
