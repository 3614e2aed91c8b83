"""How far a run is: asked from a process of Frameline, or read from what a peer prints."""
import json
import sys
import time

try:
    import zmq
except ModuleNotFoundError:
    raise SystemExit(f"expected pyzmq for {sys.executable}, found none; scripts/test installs it "
                     "for /usr/bin/python3") from None

from .processes import Failure, until

ASK_EVERY_S = 0.05
ANSWER_WITHIN_S = 1.0


class Status:
    """A field of a process's status, such as how many frames it has received."""

    def __init__(self, endpoint, field="received"):
        self.field = field
        self.context = zmq.Context()
        self.socket = self.context.socket(zmq.REQ)
        # So that a question that is not answered, before its process is there, can be asked again.
        self.socket.setsockopt(zmq.REQ_RELAXED, 1)
        self.socket.setsockopt(zmq.REQ_CORRELATE, 1)
        self.socket.linger = 0
        self.socket.connect(endpoint)
        self.asked = None

    def stop(self):
        """Tells the process to end."""
        self.socket.send_json({"request": "stop"})
        self.socket.poll(1000 * ANSWER_WITHIN_S)

    def read(self):
        """The field and the time, or None when the answer has not come yet."""
        now = time.monotonic()
        if self.asked is None or now - self.asked > ANSWER_WITHIN_S:
            self.socket.send_json({"request": "status"})
            self.asked = now
        if not self.socket.poll(1000 * ASK_EVERY_S):
            return None
        answer = json.loads(self.socket.recv())
        self.asked = None
        if self.field not in answer:
            raise Failure(f"expected {self.field} in the status, found {answer}")
        return answer[self.field], time.monotonic()

    def close(self):
        self.socket.close()
        self.context.term()


class Lines:
    """Lines of a process's output with a count and the time at which it was reached."""

    def __init__(self, group, name):
        self.file = open(group.directory / f"{name}.out")
        self.rest = ""

    def read(self):
        """The newest count and its time, or None when there is no new one."""
        *lines, self.rest = (self.rest + self.file.read()).split("\n")
        if not lines:
            return None
        count, moment, *_ = lines[-1].split()
        return int(count), float(moment)

    def close(self):
        self.file.close()


class Slowest:
    """Several counters as one: that of whoever is behind."""

    def __init__(self, counters):
        self.counters = counters
        self.newest = [None] * len(counters)

    def read(self):
        for i, counter in enumerate(self.counters):
            self.newest[i] = counter.read() or self.newest[i]
        return min(self.newest) if all(self.newest) else None

    def close(self):
        for counter in self.counters:
            counter.close()


def at_least(counter, frames, group, may_end=(), seen=lambda count, moment: None):
    """Waits for so many frames; how many there are then, and the time."""

    def enough():
        found = counter.read()
        if found:
            seen(*found)
        return found if found and found[0] >= frames else None

    return until(enough, f"{frames} frames", lambda: group.check(may_end))
