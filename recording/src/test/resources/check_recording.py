"""Checks every value of recordings with plain h5py and prints one JSON line per file.

usage: check_recording.py FILE...   prints {"entry": {"frames": N, ...}, "entry_2": ...}
"""
import json
import sys

import h5py
import numpy as np


def expected(number, shape, dtype):
    """The frame that Frames.java makes for this frame number."""
    count = int(np.prod(shape))
    i = np.arange(count, dtype=np.int64)
    if dtype.kind == "u":
        values = (number * 31 + i).astype(dtype)
    elif dtype.kind == "f":
        values = (number + 0.25 * i).astype(dtype)
    else:
        values = ((number + 0.25 * i) - 1j * (number + 0.5 * i)).astype(dtype)
    return values.reshape(shape)


def check_entry(entry):
    detector = entry["instrument/detector"]
    data, numbers, times = detector["data"], detector["frame_number"][:], detector["timestamp_ns"][:]
    assert len(numbers) == len(times) == data.shape[0], (numbers.shape, times.shape, data.shape)
    assert np.all(np.diff(numbers.astype(np.int64)) > 0), numbers
    assert numbers.dtype == np.uint64 and times.dtype == np.int64
    for row, number in enumerate(numbers):
        frame = data[row]
        assert np.array_equal(frame, expected(int(number), frame.shape, frame.dtype)), (row, number)
        assert times[row] == 1763670000000000000 + 1000 * int(number), (row, number)
    for name in ("data", "frame_number", "timestamp_ns"):
        assert entry["data"][name] == detector[name], name
    return {
        "frames": data.shape[0],
        "shape": list(data.shape),
        "chunks": list(data.chunks),
        "dtype": str(data.dtype),
        "last": int(numbers[-1]) if len(numbers) else -1,
        "missing": entry["missing"][:].tolist(),
        "missing_shape": list(entry["missing"].shape),
    }


def check(path):
    with h5py.File(path, "r") as file:
        return {name: check_entry(item) for name, item in file.items() if name.startswith("entry")}


for path in sys.argv[1:]:
    try:
        print(json.dumps(check(path)), flush=True)
    except Exception as error:
        sys.exit(f"{path}: {type(error).__name__}: {error}")
