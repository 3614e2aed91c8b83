"""Subscribes to a ramp with libzmq and checks every header and every pixel.

usage: ramp_subscriber.py FRAMES_ENDPOINT CONTROL_ENDPOINT PIXEL_FORMAT TYPE
"""
import json
import sys
import time

import numpy as np
import zmq

frames, control, pixel_format, dtype = sys.argv[1:]
context = zmq.Context()
subscriber = context.socket(zmq.SUB)
subscriber.setsockopt(zmq.RCVTIMEO, 20000)
subscriber.setsockopt(zmq.SUBSCRIBE, b"camera_frame")
subscriber.setsockopt(zmq.SUBSCRIBE, b"subscriber/python")
subscriber.connect(frames)
request = context.socket(zmq.REQ)
request.setsockopt(zmq.RCVTIMEO, 20000)
request.connect(control)
while True:
    request.send(b'{"request":"ready","subscriber":"python"}')
    if json.loads(request.recv())["ready"]:
        break
    time.sleep(0.02)

height, width = 20, 33
y, x = np.mgrid[0:height, 0:width]
right = 0
while True:
    topic, raw, payload = subscriber.recv_multipart()
    assert topic == b"camera_frame"
    header = json.loads(raw)
    if header["htype"] == "series_end-1.0":
        assert header["frames"] == right and payload == b""
        break
    n = header["frame"]
    assert n == right, (n, right)
    assert list(header)[:7] == [
        "htype", "shape", "type", "encoding", "frame", "timestamp_ns", "stream"]
    assert header["pixel_format"] == pixel_format and header["type"] == dtype
    assert abs(header["timestamp_ns"] - time.time_ns()) < 60e9
    got = np.frombuffer(payload, np.dtype(dtype).newbyteorder("<")).reshape(header["shape"])
    if pixel_format == "RGB8":
        want = (x + y + n)[:, :, None] + 64 * np.arange(3)
        want = want % 256
    elif pixel_format == "Mono8":
        want = (x + y + n) % 256
    else:
        want = 257 * (x + y + n) % 65536
    assert np.array_equal(got, want), n
    right += 1
print(right, "frames right")
