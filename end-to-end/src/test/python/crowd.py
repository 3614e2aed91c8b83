"""A good subscriber beside bad company: FRAMES_ENDPOINT OTHER_ENDPOINT ... [--crowd N] [--seconds T]

Counts the frames of a good subscriber, first alone, then while another never reads, clients
connect and say nothing, and N connections come and go at every endpoint, one half of them raw TCP,
the other ZeroMQ. Prints both rates and what the good one missed.
"""
import argparse
import json
import socket
import threading
import time

import zmq

parser = argparse.ArgumentParser()
parser.add_argument("endpoints", nargs="+")
parser.add_argument("--crowd", type=int, default=1000)
parser.add_argument("--seconds", type=float, default=5)
options = parser.parse_args()
context = zmq.Context()
context.max_sockets = 4096


class GoodSubscriber(threading.Thread):
    def __init__(self):
        super().__init__()
        self.received = self.missing = 0
        self.expected = None
        self.over = False

    def run(self):
        frames = context.socket(zmq.SUB)
        frames.rcvhwm = 64
        frames.linger = 0
        frames.subscribe("camera_frame")
        frames.connect(options.endpoints[0])
        while not self.over:
            if not frames.poll(100):
                continue
            header = json.loads(frames.recv_multipart()[1])
            if header["htype"] != "array-1.0":
                continue
            if self.expected is not None:
                self.missing += header["frame"] - self.expected
            self.expected = header["frame"] + 1
            self.received += 1
        frames.close()


def address(endpoint):
    host, port = endpoint.removeprefix("tcp://").split(":")
    return host, int(port)


def come_and_go(endpoint):
    for i in range(options.crowd // 2):
        try:
            with socket.create_connection(address(endpoint), timeout=10) as connection:
                if i % 2:
                    connection.sendall(b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f")
        except OSError:
            pass
    for i in range(options.crowd // 2):
        stranger = context.socket(zmq.PAIR if i % 4 == 3 else zmq.DEALER)
        stranger.linger = 0
        stranger.connect(endpoint)
        if i % 4 == 0:
            stranger.poll(2)
        stranger.close()


good = GoodSubscriber()
good.start()
deadline = time.monotonic() + 60
while good.received == 0 and time.monotonic() < deadline:
    time.sleep(0.05)
assert good.received, "no frame came"


def rate_while(action):
    before, start = good.received, time.monotonic()
    action()
    seconds = time.monotonic() - start
    return (good.received - before) / seconds, seconds


alone, _ = rate_while(lambda: time.sleep(options.seconds))
deaf = context.socket(zmq.SUB)
deaf.rcvhwm = 1
deaf.linger = 0
deaf.subscribe(b"")
deaf.connect(options.endpoints[0])
silent = [socket.create_connection(address(e)) for e in options.endpoints for _ in range(5)]


def crowd():
    threads = [threading.Thread(target=come_and_go, args=(e,)) for e in options.endpoints]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


crowded, seconds = rate_while(crowd)
for connection in silent:
    connection.close()
deaf.close()
good.over = True
good.join()
print(f"alone {alone:.1f} frames/s, in company {crowded:.1f} frames/s for {seconds:.1f} s,"
      f" {options.crowd} connections at each of {len(options.endpoints)} sockets,"
      f" {good.missing} missing of {good.expected}")
print(json.dumps({"alone": alone, "crowded": crowded, "seconds": seconds,
                  "received": good.received, "missing": good.missing}))
context.destroy(linger=0)
