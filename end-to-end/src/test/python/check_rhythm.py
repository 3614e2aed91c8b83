"""Holds the intervals of a replay against those that were recorded: COPY SPEED."""
import sys

import h5py
import numpy as np

copy, speed = sys.argv[1], float(sys.argv[2])
with h5py.File(copy, "r") as file:
    data = file["entry/data"]
    asked = np.diff(data["recorded_timestamp_ns"][:]) / 1e6 / speed
    given = np.diff(data["timestamp_ns"][:]) / 1e6
print("asked ms", np.round(asked, 1), "given ms", np.round(given, 1))
# Never early; late as a busy machine may be, the first frame too, which the shorter intervals
# after it make up for. So those that came in time tell.
late = np.cumsum(given) - np.cumsum(asked)
half = len(late) // 2
assert late[half:].min() > late[:half].min() - 20, late
pause = np.argmax(asked)
assert given[pause] > 0.7 * asked[pause], (pause, given[pause], asked[pause])
