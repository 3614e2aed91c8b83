"""Finds the peak of the power spectrum where the header said: RECORDING SPECTRA."""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as frames, h5py.File(sys.argv[2], "r") as results:
    stream = frames["entry/stream"].attrs
    x, y = stream["fringe_cycles_x"], stream["fringe_cycles_y"]
    for power in results["entry/data/data"]:
        power[0, 0] = 0
        row, column = np.unravel_index(np.argmax(power), power.shape)
        height = power.shape[0]
        row = min(row, height - row)
        assert (column, row) == (abs(x), abs(y)), ((column, row), (x, y))
print(f"peak at {x} and {y} cycles per image")
