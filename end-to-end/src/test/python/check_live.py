"""A recording of a live camera is plausible and shows itself: FILE LEAST_FRAMES."""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "r") as file:
    group = file[file.attrs["default"]]
    group = group[group.attrs["default"]]
    data = group[group.attrs["signal"]]
    assert data.attrs["interpretation"] == "rgb-image", dict(data.attrs)
    assert len(data) >= int(sys.argv[2]), data.shape
    numbers = file["entry/data/frame_number"][:].astype(np.int64)
    missing = file["entry/missing"][:]
    assert len(numbers) + missing[:, 1].sum() == numbers[-1] - numbers[0] + 1
    assert data[0].std() > 10, "a flat picture"
    assert np.any(data[0] != data[-1]), "a picture that stands still"
    about = data.shape
print(f"{about} frames, {len(missing)} gaps")
