"""Prints, a line per entry of a recording: frame numbers, missing rows, shape, type, filters,
and whether every value of every frame is its frame number modulo 256.

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
        right = all(np.all(data[i] == n % 256) for i, n in enumerate(numbers))
        filters = f"{data.compression}{'+shuffle' if data.shuffle else ''}"
        print(
            name,
            numbers.tolist(),
            file[name]["missing"][:].tolist(),
            list(data.shape[1:]),
            data.dtype,
            filters,
            right,
        )
