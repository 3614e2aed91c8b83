"""A subscriber that never reads: ENDPOINT."""
import sys
import time

import zmq

context = zmq.Context()
socket = context.socket(zmq.SUB)
socket.rcvhwm = 1
socket.subscribe(b"")
socket.connect(sys.argv[1])
assert socket.poll(30_000), "nothing came"
print("subscribed", flush=True)
time.sleep(120)
