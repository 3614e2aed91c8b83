"""Sends what is hardly ZMTP to sockets: greetings, commands and frames, all a little wrong.

    fuzz_zmtp.py --seed N --count N SOCKET=tcp://HOST:PORT...

SOCKET is how the peer calls itself: sub, req, push, pull or dealer. COUNT frames and commands go to each,
many in a connection, until the other side ends that or the next one is begun. Fails when a socket
takes no more connections.
"""
import argparse
import random
import socket
import struct

MOST_IN_A_ROW = 200
MOST_BYTES = 600
PROPERTIES = (b"Socket-Type", b"Identity", b"Resource", b"X-Any", b"", b"\xff" * 255)
WORDS = (b"camera_frame", b'{"request":"status"}', b'{"request":"ready","subscriber":"x"}', b"worker",
         b'{"htype":"array-1.0","shape":[1],"type":"uint8","encoding":"little","frame":0,'
         b'"timestamp_ns":0,"stream":"s"}', b"\x01camera_frame", b"\x00camera_frame", b"")


def greeting(rng):
    if rng.random() < 0.8:
        return b"\xff" + bytes(8) + b"\x7f\x03" + rng.choice((b"\0", b"\1")) + b"NULL" + bytes(48)
    kind = rng.randrange(6)
    if kind == 0:
        return rng.randbytes(rng.randrange(65))
    if kind == 1:
        return b"\xff" + bytes(8) + b"\x7f" + rng.randbytes(54)
    if kind == 2:  # ZMTP 2.0
        return b"\xff" + bytes(7) + b"\x01\x7f\x01" + bytes([rng.randrange(256)]) + b"\0\0"
    if kind == 3:  # ZMTP 1.0
        return b"\x01\0"
    mechanism = rng.choice((b"PLAIN", b"CURVE", b"GSSAPI", rng.randbytes(20)))
    return (b"\xff" + bytes(8) + b"\x7f\x03" + bytes([rng.randrange(256)])
            + mechanism.ljust(20, b"\0") + bytes([rng.randrange(256)]) + bytes(31))


def number(rng, size, true):
    """A length of so many bytes, which may be a lie."""
    lie = rng.random()
    if lie < 0.93:
        value = true
    elif lie < 0.96:
        value = max(0, true + rng.randrange(-3, 4))
    else:
        value = rng.choice((0, 1 << 31, (1 << 31) - 1, 1 << 63, (1 << 64) - 1, 1 << 32, 1 << 20))
    return (value & ((1 << 8 * size) - 1)).to_bytes(size, "big")


def properties(rng):
    result = b""
    for _ in range(rng.choice((0, 1, 1, 2, 30))):
        name, value = rng.choice(PROPERTIES), rng.randbytes(rng.choice((0, 3, 8, 300)))
        result += number(rng, 1, len(name) & 255) + name + number(rng, 4, len(value)) + value
    return result


def frame(rng, flags, body):
    """One frame; flags: 1 for more, 2 for a length of 8 bytes, 4 for a command."""
    if rng.random() < 0.03:
        flags = rng.randrange(256)
    size = 8 if flags & 2 or len(body) > 255 else 1
    return bytes([flags | (2 if size == 8 else 0)]) + number(rng, size, len(body)) + body


def command(rng, kind):
    name = rng.choice((b"READY", b"ERROR", b"SUBSCRIBE", b"CANCEL", b"PING", b"PONG", b"HELLO",
                       b"WELCOME", b"INITIATE", b"MESSAGE", b"", rng.randbytes(9)))
    if name == b"READY":
        body = b"\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind + properties(rng)
    elif name in (b"PING", b"PONG"):
        body = rng.randbytes(rng.choice((0, 1, 2, 4, 18, 200)))
    elif name == b"ERROR":
        body = number(rng, 1, 5) + b"wrong"
    else:
        body = rng.choice(WORDS) + rng.randbytes(rng.choice((0, 0, 5, 100)))
    return frame(rng, 4, number(rng, 1, len(name)) + name + body)


def ready(rng, kind):
    if rng.random() < 0.9:
        body = b"\x05READY\x0bSocket-Type" + struct.pack(">I", len(kind)) + kind
        if kind in (b"REQ", b"DEALER", b"ROUTER"):
            body += b"\x08Identity\0\0\0\0"
        return bytes([4, len(body)]) + body
    return command(rng, rng.choice((kind, b"SUB", b"PUB", b"ROUTER", b"PAIR", b"", b"x" * 255)))


def message(rng, kind):
    if rng.random() < 0.15:
        return command(rng, kind)
    body = rng.choice(WORDS) if rng.random() < 0.6 else rng.randbytes(rng.randrange(MOST_BYTES))
    return frame(rng, rng.random() < 0.5, body)


def attack(rng, kind, address, count):
    connections = 0
    while count > 0:
        row = min(count, rng.randrange(1, MOST_IN_A_ROW))
        count -= row
        connections += 1
        with socket.create_connection(address, timeout=10) as peer:
            peer.settimeout(2)
            text = greeting(rng) + ready(rng, kind)
            text += b"".join(message(rng, kind) for _ in range(row))
            try:
                while text:
                    piece = rng.choice((len(text), 1, 64, 4096))
                    peer.sendall(text[:piece])
                    text = text[piece:]
                if rng.random() < 0.5:
                    peer.settimeout(0.01)
                    peer.recv(4096)
            except OSError:
                pass  # It has had enough of us, as it should.
            if rng.random() < 0.3:
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    return connections


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, required=True)
    parser.add_argument("sockets", nargs="+")
    options = parser.parse_args()
    for number_of, one in enumerate(options.sockets):
        kind, endpoint = one.split("=")
        host, port = endpoint.removeprefix("tcp://").rsplit(":", 1)
        rng = random.Random(options.seed * 1000 + number_of)
        connections = attack(rng, kind.upper().encode(), (host, int(port)), options.count)
        print(f"seed {options.seed}: {options.count} frames as {kind} to {endpoint}, "
              f"{connections} connections", flush=True)


if __name__ == "__main__":
    main()
