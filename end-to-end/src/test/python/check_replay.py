"""Compares a recording with a recording of its replay by SHA-256: ORIGINAL COPY FRAMES."""
import hashlib
import sys

import h5py
import numpy as np

original, copy, frames = sys.argv[1], sys.argv[2], int(sys.argv[3])


def digests(path, numbers, times):
    """SHA-256 over the pixels, the numbers and the time stamps of the first entry."""
    with h5py.File(path, "r") as file:
        data = file["entry/data"]
        assert len(data["data"]) == frames, data["data"].shape
        pixels = hashlib.sha256(f"{data['data'].dtype} {data['data'].shape}".encode())
        for frame in data["data"]:
            pixels.update(frame.tobytes())
        return [pixels.hexdigest()] + [
            hashlib.sha256(data[name][:].tobytes()).hexdigest() for name in (numbers, times)]


before = digests(original, "frame_number", "timestamp_ns")
after = digests(copy, "recorded_frame_number", "recorded_timestamp_ns")
assert before == after, (before, after)
with h5py.File(original, "r") as old, h5py.File(copy, "r") as new:
    assert np.array_equal(new["entry/data/frame_number"][:], np.arange(frames))
    assert np.all(np.diff(new["entry/data/timestamp_ns"][:]) >= 0)
    assert new["entry/data/timestamp_ns"][0] > old["entry/data/timestamp_ns"][-1]
    was, now = dict(old["entry/stream"].attrs), dict(new["entry/stream"].attrs)
    assert now["recorded_stream"] == was["stream"] != now["stream"], now
    assert now["recorded_source"] == was["source"], now
    assert now["pixel_format"] == was["pixel_format"], now
    assert now["source"] == "hdf5:" + original, now
    assert new["entry/data/recorded_timestamp_ns"].attrs["units"] == "ns"
print("SHA-256 of pixels, numbers, times:", *(digest[:16] for digest in before), "equal")
