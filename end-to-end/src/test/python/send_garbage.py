"""Throws hostile messages at sockets: [--seed S] [--count N] KIND=ENDPOINT ...

KIND is what to connect: push, req, history, files or sub; '?raw' after the endpoint sends bytes alone. Messages
are random, or begin as good ones and are then broken in one place or several: cut, a value of
another type, a size that is not true, parts missing, doubled or in another order. Many of those
that nobody may believe are whole. What anybody may ask to end somebody is not sent.
"""
import argparse
import json
import random
import socket
import time

import zmq

parser = argparse.ArgumentParser()
parser.add_argument("--seed", type=int, default=20261120)
parser.add_argument("--count", type=int, default=200)
parser.add_argument("sockets", nargs="+")
options = parser.parse_args()
rng = random.Random(options.seed)
print("seed", options.seed, flush=True)
context = zmq.Context()

ODD = [None, True, -1, 0, 1.5, 2**53, 2**63 - 1, 2**64, 1e308, "", "x", "x" * 5000, [], [[]], {},
       {"a": {"b": [1]}}, [1, 2, 3], "\u0000", "\ud7ff", ["stop"], [2147483647] * 3, [1] * 9]
SHAPE = [4, 6, 3]
FRAME = {"htype": "array-1.0", "shape": SHAPE, "type": "uint8", "encoding": "little", "frame": 0,
         "timestamp_ns": 1, "stream": "hostile", "pixel_format": "RGB8", "source": "x",
         "worker": "w", "transform_ns": 1, "received_ns": 1}
END = {"htype": "series_end-1.0", "stream": "hostile", "frames": 3}
NOTICE = {"htype": "worker-1.0", "worker": "hostile", "state": "leaving", "transformed": 1}
RING = {"ring": "/dev/shm/frameline-hostile-0.ring", "ring_index": 1}
REFERENCE = {**FRAME, **RING, "htype": "reference-1.0", "worker": "hostile"}
REQUESTS = [
    {"request": "status"}, {"request": "describe"}, {"request": "snap"},
    {"request": "ready", "subscriber": "hostile"},
    {"request": "progress", "dispatched": 3, "stream": "hostile", "first": 0},
    {"request": "hello", "window": 1, "token": "hostile"}, {"request": "goodbye"},
    {"request": "end", "dispatched": 3, "stream": "hostile", "first": 0, "published": 3,
     "dealt": [{"stream": "hostile", "first": 0, "from": 3, "to": 9, "over": True}]},
    {"request": "dance"}, {"request": "Stop"}, {"request": "stop "}, {"request": ["stop"]},
]
FETCHES = [
    {"request": "frames", "stream": "hostile", "first": 0, "count": 8},
    {"request": "frames", "stream": "hostile", "first": 3, "count": 1, "subscriber": "hostile",
     "taken": 3},
    {"request": "taken", "stream": "hostile", "subscriber": "hostile", "taken": 7},
]
FILES = [
    {"request": "list", "after": "a", "id": 1},
    {"request": "look", "name": "../a.npy", "id": 2},
    {"request": "read", "name": "a.npy", "version": "1", "offset": 0, "length": 1000, "id": 3},
    {"request": "sums", "name": "a.npy", "version": "1", "offset": 0, "length": 1000, "id": 4},
]
# What anybody may ask; under the name of another, and of a ventilator, nothing is believed.
HARMFUL = {"stop", "start"}


def noise(most):
    return rng.randbytes(rng.randrange(most))


def broken_object(good):
    """Another object: keys gone, new, or with values of other types."""
    bad = dict(good)
    for _ in range(rng.randrange(1, 4)):
        key = rng.choice(list(good) + ["a key that nobody knows"])
        if rng.random() < 0.3:
            bad.pop(key, None)
        else:
            bad[key] = rng.choice(ODD)
    return bad


def broken_text(text):
    """JSON that is cut, doubled, has bytes changed, is in another encoding or nested deep."""
    way = rng.randrange(7)
    if way == 0:
        return text[:rng.randrange(len(text))]
    if way == 1:
        return text + text
    if way == 2:
        changed = bytearray(text)
        for _ in range(rng.randrange(1, 6)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        return bytes(changed)
    if way == 3:
        return text.decode().encode(rng.choice(["utf-16", "utf-32"]))
    if way == 4:
        return b'{"a":' * rng.randrange(1, 3000)
    if way == 5:
        return text[:-1] + b"," + text[1:]
    return text[:-1] + b',"z":"' + b"z" * rng.randrange(70_000) + b'"}'


def hostile_json(good):
    text = json.dumps(broken_object(good)).encode("utf-8", "surrogatepass")
    return broken_text(text) if rng.random() < 0.6 else text


def data_message():
    if rng.random() < 0.2:
        return [noise(3000) for _ in range(rng.randrange(1, 12))]
    good = rng.choice([FRAME, FRAME, END, NOTICE, {**NOTICE, **RING, "state": "ready"}, REFERENCE])
    payload = bytes(72) if good is FRAME else b""
    parts = [b"camera_frame", json.dumps(good).encode(), payload]
    if rng.random() < 0.1:
        return parts
    # The number of bytes is wrong, or something in the header is, or the parts are.
    way = rng.randrange(4)
    if way == 0:
        parts[2] = rng.choice([b"", payload + b"x", payload[:-1], rng.randbytes(200_000)])
        if parts[2] == payload:
            parts[2] = b"x"
    elif way == 1:
        parts.insert(rng.randrange(4), noise(50))
    elif way == 2:
        del parts[rng.randrange(3)]
    else:
        parts[1] = hostile_json(good)
    if rng.random() < 0.1:
        rng.shuffle(parts)
    return parts


def harmless(question):
    """Not by chance a request that ends somebody or changes what is asked of them."""
    try:
        asked = json.loads(question)
    except (ValueError, RecursionError):
        return True
    return not (isinstance(asked, dict) and asked.get("request") in list(HARMFUL))


def request(good=REQUESTS):
    if rng.random() < 0.2:
        parts = [noise(2000) for _ in range(rng.randrange(1, 6))]
    else:
        chosen = rng.choice(good)
        whole = rng.random() < 0.2
        question = json.dumps(chosen).encode() if whole else hostile_json(chosen)
        parts = [b"", question if harmless(question) else b"{}"]
    if rng.random() < 0.1:
        parts.append(noise(100_000))
    return parts


def fetch():
    return request(FETCHES)


def files():
    return request(FILES)


def subscription():
    if rng.random() < 0.5:
        # Topics that nothing is sent under: another subscriber must not take away the rate.
        return [rng.choice([b"\x01", b"\x00"]) + rng.choice([b"subscriber/", b"none/"]) + noise(300)]
    return [b"\x02" + noise(1000)] + [noise(100) for _ in range(rng.randrange(3))]


MESSAGES = {"push": data_message, "req": request, "history": fetch, "files": files,
            "sub": subscription}
# What is asked afterwards. A history is asked for another stream, and names its own.
ASKED = {"req": {"request": "status"}, "history": FETCHES[0], "files": FILES[0]}
SOCKETS = {"push": zmq.PUSH, "req": zmq.DEALER, "history": zmq.DEALER, "files": zmq.DEALER,
           "sub": zmq.XSUB}


def greeting():
    """ZMTP 3.0, NULL, and a READY command of a DEALER."""
    start = b"\xff" + bytes(8) + b"\x7f\x03\x00NULL" + bytes(48)
    name = b"\x05READY\x0bSocket-Type\x00\x00\x00"
    kind = rng.choice([b"DEALER", b"PUSH", b"SUB", b"PULL", b"REQ"])
    ready = name + bytes([len(kind)]) + kind
    return start + b"\x04" + bytes([len(ready)]) + ready


def raw(endpoint):
    """Bytes alone: noise, the beginning of a greeting, or a part that says it is large."""
    host, port = endpoint.removeprefix("tcp://").split(":")
    tried = max(20, options.count // 10)
    for i in range(tried):
        start = [b"", b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f", greeting()][i % 3]
        # JeroMQ takes 2^63 and more for negative, and its lower 31 bits for the size.
        size = rng.choice([2**20, 2**30, 2**32, 2**63 - 1, 2**63 + 2**31 - 9, 2**64 - 1])
        lie = rng.choice([b"\x02" + size.to_bytes(8, "big"), b"\x06" + size.to_bytes(8, "big"),
                          b"\x04\x00", b"\x04\x05\x04PING", b""]) if i % 3 == 2 else b""
        try:
            with socket.create_connection((host, int(port)), timeout=5) as connection:
                connection.sendall(start + lie + rng.randbytes(rng.randrange(1, 5000)))
        except OSError:
            pass
    return tried


def ask(endpoint, question):
    """Whoever asks something sensible afterwards is still answered."""
    asker = context.socket(zmq.REQ)
    asker.linger = 0
    asker.connect(endpoint)
    asker.send_json(question)
    assert asker.poll(20_000), f"{endpoint} does not answer any more"
    answer = json.loads(asker.recv())
    assert "error" not in answer or "stream" in answer, answer
    print(" ", answer.get("program"), "refused", answer.get("refused_requests"),
          "malformed", answer.get("malformed"), flush=True)
    asker.close()


def attack(kind, endpoint):
    client = context.socket(SOCKETS[kind])
    client.linger = 5000
    client.sndtimeo = 5000
    client.connect(endpoint)
    sent = refused = 0
    while sent + refused < options.count:
        try:
            client.send_multipart(MESSAGES[kind]())
            sent += 1
        except zmq.Again:
            refused += 1
        # Answers are taken, or the other side would have to keep them.
        while kind in ASKED and client.poll(0):
            client.recv_multipart()
    client.close()
    return sent


for argument in options.sockets:
    kind, endpoint = argument.split("=", 1)
    only_raw = endpoint.endswith("?raw")
    endpoint = endpoint.removesuffix("?raw")
    start = time.monotonic()
    tried = raw(endpoint)
    sent = 0 if only_raw else attack(kind, endpoint)
    if kind in ASKED:
        ask(endpoint, ASKED[kind])
    print(f"{argument}: {tried} connections of raw bytes, {sent} messages in"
          f" {time.monotonic() - start:.1f} s", flush=True)
context.term()
print("done")
