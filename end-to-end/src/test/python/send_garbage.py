"""Throws garbage at sockets: KIND=ENDPOINT ..., KIND is what to connect; '?raw' sends bytes alone."""
import random
import socket
import sys
import time

import zmq

SEED = 20261120
MESSAGES = 200
HEADERS = [
    b"", b"{", b"[]", b"null", b"{}", b"\xff\xfe\x00", b'{"htype":"array-1.0"}',
    b'{"htype":"array-1.0","shape":[2147483647,2147483647,2147483647],"type":"uint8",'
    b'"encoding":"little","frame":0,"timestamp_ns":1,"stream":"x"}',
    b'{"htype":"array-1.0","shape":[-1],"type":"uint8","encoding":"little","frame":0,'
    b'"timestamp_ns":1,"stream":"x"}',
    b'{"htype":"worker-1.0","worker":"x"}', b'{"request":12}', b'{"request":"nonsense"}',
    b'{"a":' * 500,
]
random.seed(SEED)
print("seed", SEED)
context = zmq.Context()


def garbage():
    parts = [random.choice([b"camera_frame", b"", random.randbytes(random.randrange(1, 40))])]
    for _ in range(random.randrange(0, 5)):
        parts.append(random.choice(HEADERS + [random.randbytes(random.randrange(0, 2000))]))
    return parts


def raw(endpoint):
    host, port = endpoint.removeprefix("tcp://").split(":")
    for i in range(20):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            # Half of them begin as a ZMTP greeting and go on as noise.
            start = b"\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f" if i % 2 else b""
            try:
                connection.sendall(start + random.randbytes(random.randrange(1, 5000)))
            except OSError:
                pass


for argument in sys.argv[1:]:
    print(argument, flush=True)
    kind, endpoint = argument.split("=", 1)
    only_raw = endpoint.endswith("?raw")
    endpoint = endpoint.removesuffix("?raw")
    raw(endpoint)
    if only_raw:
        continue
    client = context.socket({"sub": zmq.XSUB, "req": zmq.DEALER, "push": zmq.PUSH}[kind])
    client.linger = 2000
    client.sndtimeo = 2000
    client.connect(endpoint)
    for _ in range(MESSAGES):
        parts = garbage()
        client.send_multipart([b""] + parts if kind == "req" and random.random() < 0.8 else parts)
    if kind == "req":
        # Whoever asks something sensible afterwards is still answered.
        asker = context.socket(zmq.REQ)
        asker.linger = 0
        asker.connect(endpoint)
        asker.send(b'{"request":"status"}')
        assert asker.poll(10_000), f"{endpoint} does not answer any more"
        print(endpoint, asker.recv()[:60])
        asker.close()
    client.close()
time.sleep(0.1)
print("done")
