"""All entries of a recording together hold one stream without a gap and without a double: FILE"""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as file:
    names = sorted((n for n in file if n.startswith("entry")), key=lambda n: int(n[6:] or 1))
    entries = [file[name] for name in names]
    assert len({entry["stream"].attrs["stream"] for entry in entries}) == 1
    numbers = np.concatenate([entry["data/frame_number"][:] for entry in entries])
    missing = sum(int(entry["missing"][:, 1].sum()) for entry in entries)
    for entry in entries:
        for frame, number in zip(entry["data/data"], entry["data/frame_number"]):
            y, x = np.indices(frame.shape)
            assert np.array_equal(frame, ((x + y + number) % 256).astype(np.uint8)), number
assert missing == 0, missing
assert np.array_equal(numbers, np.arange(numbers[0], numbers[0] + len(numbers))), numbers
print(len(entries), "entries,", len(numbers), "frames from", numbers[0], "on, 0 missing, 0 twice")
