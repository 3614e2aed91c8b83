"""Prints, a line per entry of a recording: frame numbers, missing rows, shape, type, whether every
value of every frame n is n modulo 256 or, when it is complex, n - 2i, and the filters if it has any.

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
        spectra = data.dtype.kind == "c"
        right = all(
            np.all(data[i] == (complex(n, -2) if spectra else n % 256))
            for i, n in enumerate(numbers)
        )
        print(
            name,
            numbers.tolist(),
            file[name]["missing"][:].tolist(),
            list(data.shape[1:]),
            data.dtype,
            right,
            *[data.compression] if data.compression else [],
            *["shuffle"] if data.shuffle else [],
        )
