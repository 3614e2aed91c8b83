"""Prints, a line per entry of a recording: frame numbers, missing rows, shape, type, values right.

usage: entries.py FILE
"""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as file:
    for name in sorted(file, key=lambda n: (len(n), n)):
        detector = file[name]["instrument/detector"]
        data = detector["data"]
        numbers = detector["frame_number"][:]
        right = all(np.all(data[i] == complex(n, -2)) for i, n in enumerate(numbers))
        print(
            name,
            numbers.tolist(),
            file[name]["missing"][:].tolist(),
            list(data.shape[1:]),
            data.dtype,
            right,
        )
