"""Writes what others write: KIND FILE, with KIND areadetector or lzf; times changes those of a recording."""
import sys

import h5py
import numpy as np

kind, path = sys.argv[1:]
noise = np.random.default_rng(11)
if kind == "areadetector":
    with h5py.File(path, "w") as file:
        entry = file.create_group("entry")
        entry.attrs["NX_class"] = "NXentry"
        entry.create_group("data").attrs.update({"NX_class": "NXdata", "signal": "data"})
        entry.create_group("instrument/NDAttributes")["NDArrayUniqueId"] = np.arange(12, dtype="i4")
        entry["data"].create_dataset(
            "data", data=noise.integers(0, 4096, (12, 101, 77), dtype="u2"),
            chunks=(1, 101, 77), maxshape=(None, 101, 77), compression="gzip")
        entry["instrument/detector/data"] = h5py.SoftLink("/entry/data/data")
elif kind == "lzf":
    with h5py.File(path, "w") as file:
        file["dark"] = noise.random((3, 4))
        file.create_dataset(
            "scan/images", data=noise.integers(0, 255, (12, 50, 61, 3), dtype="u1"),
            compression="lzf", shuffle=True)
else:
    # A pause in the middle, and a hole in the numbers.
    with h5py.File(path, "r+") as file:
        rows = len(file["entry/data/data"])
        steps = np.full(rows, 20_000_000)
        steps[rows // 2] = 1_200_000_000
        file["entry/data/timestamp_ns"][:] = 1_763_670_000_000_000_123 + np.cumsum(steps)
        numbers = np.arange(rows) + 7 * (np.arange(rows) > 5)
        file["entry/data/frame_number"][:] = numbers
