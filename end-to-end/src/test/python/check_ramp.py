"""Checks an entry of a recording of synthetic:ramp: FILE ENTRY FIRST COUNT.

Every frame from FIRST on is there once, in order, with its own pixels, and none is listed as missing.
"""
import sys

import h5py
import numpy as np

path, entry, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with h5py.File(path, "r") as file:
    numbers = file[entry]["data/frame_number"][:]
    assert np.array_equal(numbers, np.arange(first, first + count)), numbers
    assert np.all(np.diff(file[entry]["data/timestamp_ns"][:]) > 0), "time stamps do not ascend"
    assert file[entry]["missing"].shape == (0, 2), file[entry]["missing"][:]
    data = file[entry]["data/data"]
    y, x = np.mgrid[: data.shape[1], : data.shape[2]]
    first_frame = (((x + y)[:, :, None] + 64 * np.arange(3)) % 256).astype(np.uint8)
    for i, number in enumerate(numbers):
        want = first_frame + np.uint8(number % 256)  # wraps at 256
        assert np.array_equal(data[i], want), f"frame {number} has other pixels"
print(f"{count} frames right")
