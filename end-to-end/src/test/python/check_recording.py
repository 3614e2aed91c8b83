"""Compares a recording byte by byte with what ffmpeg decodes: FILE VIDEO FRAMES."""
import subprocess
import sys

import h5py
import numpy as np

path, video, frames = sys.argv[1], sys.argv[2], int(sys.argv[3])
with h5py.File(path, "r") as file:
    data = file["entry/data/data"]
    numbers = file["entry/data/frame_number"][:]
    stamps = file["entry/data/timestamp_ns"][:]
    assert data.shape[0] == frames, data.shape
    assert np.array_equal(numbers, np.arange(frames)), numbers
    assert np.all(np.diff(stamps) > 0), "time stamps do not ascend"
    assert file["entry/missing"].shape == (0, 2), file["entry/missing"].shape
    height, width, channels = data.shape[1:]
    ffmpeg = subprocess.run(
        ["ffmpeg", "-v", "error", "-i", video, "-frames:v", str(frames),
         "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
        stdout=subprocess.PIPE, check=True)
    decoded = np.frombuffer(ffmpeg.stdout, np.uint8).reshape(-1, height, width, channels)
    for i in range(frames):
        assert np.array_equal(data[i], decoded[i]), f"frame {i} differs"
print(f"{frames} frames equal")
