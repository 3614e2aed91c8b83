"""Recordings that were cut off hold nothing wrong: FILE...

The source is synthetic:ramp in Mono8. Opens each with plain h5py and with h5dump, compares every
pixel, and prints a line: file, entries, frames, missing frames.
"""
import subprocess
import sys

import h5py
import numpy as np


def check(entry):
    detector = entry["instrument/detector"]
    data, numbers = detector["data"][:], detector["frame_number"][:].astype(np.int64)
    times = detector["timestamp_ns"][:]
    assert len(data) == len(numbers) == len(times), (data.shape, numbers.shape, times.shape)
    missing = entry["missing"][:].astype(np.int64)
    if len(numbers):
        y, x = np.indices(data.shape[1:])
        for frame, number in zip(data, numbers):
            assert np.array_equal(frame, ((x + y + number) % 256).astype(np.uint8)), number
        listed = [n for first, count in missing for n in range(first, first + count)]
        there = sorted(set(numbers.tolist()) | set(listed))
        assert len(there) == len(numbers) + len(listed), "a frame is there twice"
        assert there == list(range(there[0], there[-1] + 1)), "frames are not listed as missing"
    return len(numbers), int(missing[:, 1].sum())


for path in sys.argv[1:]:
    with h5py.File(path, "r") as file:
        entries = [check(file[name]) for name in file if name.startswith("entry")]
    subprocess.run(["h5dump", "-H", path], check=True, stdout=subprocess.DEVNULL)
    print(path, len(entries), sum(e[0] for e in entries), sum(e[1] for e in entries))
