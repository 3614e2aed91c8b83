"""Checks that a file of spectra holds every frame of a stream once and in order: SPECTRA FRAMES.

Several entries, as a sink leaves them that was restarted, count together.
"""
import sys

import h5py
import numpy as np

spectra, frames = sys.argv[1], int(sys.argv[2])
with h5py.File(spectra, "r") as file:
    entries = sorted(file, key=lambda name: (len(name), name))
    streams = {file[name]["stream"].attrs["stream"] for name in entries}
    assert len(streams) == 1, streams
    numbers = np.concatenate([file[name]["data/frame_number"][:] for name in entries])
    missing = sum(file[name]["missing"].shape[0] for name in entries)
    rows = sum(file[name]["data/data"].shape[0] for name in entries)
    duplicates = len(numbers) - len(np.unique(numbers))
    print(f"{len(entries)} entries, {frames} frames published, {rows} transformed, "
          f"{frames - len(np.unique(numbers))} missing, {duplicates} duplicates")
    assert rows == len(numbers) == frames, (rows, len(numbers), frames)
    assert missing == 0, [file[name]["missing"][:] for name in entries]
    assert np.array_equal(numbers, np.arange(frames)), numbers
    for name in entries:
        data = file[name]["data/data"]
        for i in {0, len(data) // 2, len(data) - 1} if len(data) else ():
            assert np.any(data[i] != 0), (name, i, "nothing was written")
