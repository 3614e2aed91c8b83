"""Takes the place of one of Frameline's programs, knowing docs/wire-format.md alone.

    speak_wire_format.py worker TASKS RESULTS       is ventilator and sink to a real worker
    speak_wire_format.py sink RESULTS HANDSHAKE     is worker and ventilator to a real sink
    speak_wire_format.py publisher FRAMES CONTROL   asks a real publisher everything

Prints one JSON object: where a key was seen, to a list of the keys. Any disagreement with the
document ends it with an error.
"""

import json
import sys
import tempfile

import numpy as np
import zmq

PATIENCE_MS = 30_000
context = zmq.Context()
seen = {}


def note(where, message):
    seen.setdefault(where, set()).update(message)
    return message


def socket(kind, endpoint, bind=False):
    made = context.socket(kind)
    made.rcvtimeo = made.sndtimeo = PATIENCE_MS
    made.linger = 1000
    (made.bind if bind else made.connect)(endpoint)
    return made


def frame_header(frame, pixels, **more):
    return {
        "htype": "array-1.0",
        "shape": list(pixels.shape),
        "type": pixels.dtype.name,
        "encoding": "little",
        "frame": frame,
        "timestamp_ns": 1763670000000000000 + frame,
        "stream": "a stream",
        **more,
    }


def send(to, header, payload=b"", topic=b"camera_frame"):
    to.send_multipart([topic, json.dumps(header).encode(), payload])


def receive(source):
    topic, header, payload = source.recv_multipart()
    return topic, json.loads(header), payload


class Ring:
    """A worker's ring, by the document: slots of a mapped file, and what was taken at 64."""

    def __init__(self, file, mode):
        self.bytes = np.memmap(file, np.uint8, mode)
        assert bytes(self.bytes[:8]) == b"FLRING01", bytes(self.bytes[:8])
        self.size, self.slots, self.stride = (int(n) for n in self.bytes[8:32].view("<u8"))
        self.taken = self.bytes[64:72].view("<u8")

    @classmethod
    def made(cls, file, size, slots):
        stride = (size + 64 + 63) // 64 * 64
        with open(file, "wb") as new:
            new.write(b"FLRING01" + np.array([size, slots, stride], "<u8").tobytes())
            new.write(bytes(4096 - 32 + slots * stride))
        return cls(file, "r+")

    def slot(self, n):
        slot = self.bytes[4096 + n % self.slots * self.stride:][:self.stride]
        return slot[:8].view("<u8"), slot[64:]

    def read(self, n, size):
        number, pixels = self.slot(n)
        assert number[0] == 2 * n + 2, (n, number)
        found = pixels[:size].tobytes()
        assert number[0] == 2 * n + 2, (n, number)
        return found

    def write(self, n, payload):
        number, pixels = self.slot(n)
        pixels[:len(payload)] = np.frombuffer(payload, np.uint8)
        number[0] = 2 * n + 2


def expected_spectrum(pixels):
    spectrum = np.fft.rfft2(pixels, axes=(0, 1))
    return np.moveaxis(spectrum, -1, 0) if pixels.ndim == 3 else spectrum


def worker(tasks_endpoint, results_endpoint):
    tasks = socket(zmq.PUSH, tasks_endpoint, bind=True)
    results = socket(zmq.PULL, results_endpoint, bind=True)
    topic, header, payload = receive(results)
    note("worker notice", header)
    assert (topic, header["htype"], header["state"], payload) == (b"worker", "worker-1.0", "ready", b"")
    name = header["worker"]

    random = np.random.default_rng(1)
    frames = [
        random.integers(0, 256, (30, 41, 3), np.uint8),
        random.integers(0, 256, (31, 40), np.uint8),
        random.integers(0, 65536, (16, 24), np.uint16),
    ]
    # None of these may end the worker, nor be answered.
    tasks.send_multipart([b"camera_frame", b"{"])
    tasks.send_multipart([b"camera_frame", b"{", b""])
    send(tasks, frame_header(7, frames[0]), b"too short")
    send(tasks, {**frame_header(7, frames[1]), "encoding": "big"}, frames[1].tobytes())
    send(tasks, {**frame_header(7, frames[1]), "frame": 7.0}, frames[1].tobytes())
    for number, pixels in enumerate(frames):
        send(tasks, frame_header(number, pixels, source="a test", extra=[1]), pixels.tobytes())
    for number, pixels in enumerate(frames):
        header = {"htype": "worker-1.0"}
        while header["htype"] == "worker-1.0":
            topic, header, payload = receive(results)
        note("spectrum", header)
        expected = expected_spectrum(pixels)
        assert topic == b"camera_frame" and header["frame"] == number, header
        assert header["timestamp_ns"] == 1763670000000000000 + number, header
        assert header["extra"] == [1] and header["source"] == "a test", header
        assert header["shape"] == list(expected.shape) and header["type"] == "complex64", header
        assert header["width"] == pixels.shape[1] and header["worker"] == name, header
        assert header["transform"] == "fft2" and header["half_spectrum"] is True, header
        found = np.frombuffer(payload, header["type"]).reshape(header["shape"])
        error = np.linalg.norm(found - expected) / np.linalg.norm(expected)
        assert error < 1e-6, error

    # Now through its ring.
    while "ring" not in header:
        topic, header, payload = receive(results)
    ring = Ring(note("worker notice", header)["ring"], "r+")
    assert ring.taken[0] == 0, ring.taken
    ring.taken[0] = header["ring_index"] + 1
    pixels = frames[0]
    expected = expected_spectrum(pixels)
    for number in range(3, 20):
        send(tasks, frame_header(number, pixels), pixels.tobytes())
        header = {"htype": "worker-1.0"}
        while header["htype"] == "worker-1.0":
            topic, header, payload = receive(results)
        note("spectrum reference", header)
        assert (topic, header["htype"], payload) == (b"ring/camera_frame", "reference-1.0", b"")
        assert header["frame"] == number and header["ring_index"] == number - 3, header
        size = expected.astype(np.complex64).nbytes
        found = np.frombuffer(ring.read(header["ring_index"], size), header["type"])
        error = np.linalg.norm(found.reshape(header["shape"]) - expected)
        assert error < 1e-6 * np.linalg.norm(expected), error
        ring.taken[0] = header["ring_index"] + 2
    send(tasks, {"htype": "series_end-1.0", "stream": "a stream", "frames": 20})
    while header.get("state") != "leaving":
        topic, header, payload = receive(results)
    assert header["worker"] == name and header["transformed"] == 20, header


def sink(results_endpoint, handshake_endpoint):
    results = socket(zmq.PUSH, results_endpoint)
    handshake = socket(zmq.REQ, handshake_endpoint)

    def ask(request, **more):
        handshake.send_json({"request": request, "token": "a secret", **more})
        answer = handshake.recv_json()
        assert answer["ok"] is True, answer
        return note("sink answer", answer)

    send(results, {"htype": "worker-1.0", "worker": "me", "state": "ready"}, topic=b"worker")
    while ask("hello", window=8)["workers"] != ["me"]:
        pass
    question = {"dispatched": 4, "stream": "a stream", "first": 0, "after": 0,
                "dealt": [{"stream": "a stream", "first": 0, "from": 0, "to": 6, "over": False}]}
    answer = ask("progress", **question)
    for number, stream in (6, "a stream"), (0, "another"):
        spectrum = np.full((4, 3), number, np.complex64)
        header = frame_header(number, spectrum, worker="me", width=4)
        send(results, {**header, "stream": stream}, spectrum.tobytes())
    for number in (1, 0, 3, 3):
        spectrum = np.full((4, 3), number, np.complex64)
        send(results, frame_header(number, spectrum, worker="me", width=4), spectrum.tobytes())

    # Frame 4 comes through a ring, and 5 is announced from a slot that holds something else.
    with tempfile.TemporaryDirectory() as folder:
        file = f"{folder}/frameline-me-0.ring"
        spectrum = np.full((4, 3), 4, np.complex64)
        ring = Ring.made(file, spectrum.nbytes, 2)
        facts = {"ring": file, "ring_index": 6}
        send(results, {"htype": "worker-1.0", "worker": "me", "state": "ready", **facts}, topic=b"worker")
        while ring.taken[0] != 7:
            ask("hello", window=8)
        ring.write(6, spectrum.tobytes())
        for number, index in (4, 6), (5, 7):
            header = frame_header(number, spectrum, worker="me", width=4, ring=file, ring_index=index)
            send(results, {**header, "htype": "reference-1.0"}, topic=b"ring/camera_frame")
        while answer["received"] < 4 or answer["unreadable"] < 1:
            handshake.send_json({"request": "status"})
            answer = handshake.recv_json()
        assert answer["strange"] == 2, answer
        for token in {}, {"token": "another"}:
            handshake.send_json({"request": "goodbye", **token})
            assert handshake.recv_json()["ok"] is False
        assert ring.taken[0] == 8, ring.taken
    question["dispatched"] = 5
    while answer["received"] < 4 or answer["duplicate"] < 1:
        answer = ask("end", published=5, **question)
    assert ask("end", published=5, **question)["missing"] == 1, answer
    send(results, {"htype": "worker-1.0", "worker": "me", "state": "leaving"}, topic=b"worker")
    while ask("end", published=5, **question)["workers"]:
        pass
    handshake.send_json({"request": "nonsense"})
    refusal = handshake.recv_json()
    assert refusal["ok"] is False and "nonsense" in refusal["error"], refusal
    assert ask("goodbye", published=5, **question)["goodbye"] is True


def publisher(frames_endpoint, control_endpoint):
    frames = socket(zmq.SUB, frames_endpoint)
    frames.subscribe("camera_frame")
    frames.subscribe("subscriber/me")
    control = socket(zmq.REQ, control_endpoint)

    def ask(request, **more):
        control.send_json({"request": request, **more})
        first, *rest = control.recv_multipart()
        return json.loads(first), rest

    answer_of_status = note("status", ask("status")[0])
    assert answer_of_status["state"] == "waiting"
    described = note("describe", ask("describe")[0])
    assert ask("snap")[0]["ok"] is False
    assert ask("ready", subscriber="nobody")[0]["ready"] is False
    answer = {}
    while not answer.get("ready"):
        answer = note("ready", ask("ready", subscriber="me", token="a secret")[0])
    assert ask("ready", subscriber="me", keep=True)[0]["ok"] is False
    assert answer["next_frame"] == 0, answer
    # The publisher waits for a second subscriber, who never comes.
    assert ask("start")[0]["ok"] is True
    topic, header, payload = receive(frames)
    note("frame", header)
    assert topic == b"camera_frame" and header["frame"] == 0, header
    for key in ("stream", "shape", "type", "pixel_format", "source"):
        assert header[key] == described[key], key
    assert len(payload) == np.prod(header["shape"]) * np.dtype(header["type"]).itemsize
    answer, snap = ask("snap")
    assert answer == {"ok": True} and len(snap) == 3, answer
    assert json.loads(snap[1])["stream"] == header["stream"]
    history = socket(zmq.REQ, answer_of_status["history"])

    def fetch(request, **more):
        history.send_json({"request": request, **more})
        first, *parts = history.recv_multipart()
        return note("history", json.loads(first)), parts

    stream = header["stream"]
    answer, parts = fetch("frames", stream=stream, first=0, count=1)
    assert answer["ok"] and answer["first"] == 0 and answer["count"] == 1, answer
    assert json.loads(parts[1]) == header and parts[2] == payload and parts[0] == topic
    answer, parts = fetch("frames", stream=stream, first=10**9, count=8)
    assert answer["ok"] and answer["count"] == 0 and parts == [], answer
    answer, parts = fetch("frames", stream="another", first=0, count=1)
    assert answer["ok"] is False and answer["stream"] == stream and parts == [], answer
    assert fetch("taken", stream=stream, subscriber="me", taken=1, token="a secret")[0]["ok"]
    assert fetch("taken", stream=stream, subscriber="me", taken=1)[0]["ok"] is False
    answer, parts = fetch("nonsense")
    assert answer["ok"] is False and "nonsense" in answer["error"], answer
    control.send(b"[1]")
    assert control.recv_json()["ok"] is False
    assert ask("status")[0]["subscribers"] == ["me"]
    assert ask("stop")[0]["ok"] is True
    expected = 1
    while header["htype"] == "array-1.0":
        topic, header, payload = receive(frames)
        if header["htype"] == "array-1.0":
            assert header["frame"] == expected, (header, expected)
            expected += 1
    note("end of stream", header)
    assert (header["htype"], header["frames"], payload) == ("series_end-1.0", expected, b""), header


if __name__ == "__main__":
    {"worker": worker, "sink": sink, "publisher": publisher}[sys.argv[1]](*sys.argv[2:])
    print(json.dumps({where: sorted(keys) for where, keys in seen.items()}))
