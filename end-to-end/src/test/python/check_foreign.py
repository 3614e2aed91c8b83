"""Compares a stack of images with a recording of its replay: FILE DATASET COPY."""
import sys

import h5py
import numpy as np

stack, dataset, copy = sys.argv[1:]
with h5py.File(stack, "r") as old, h5py.File(copy, "r") as new:
    data = new["entry/data"]
    assert data["data"].dtype == old[dataset].dtype, data["data"].dtype
    assert np.array_equal(data["data"][:], old[dataset][:])
    assert np.array_equal(data["recorded_frame_number"][:], np.arange(len(old[dataset])))
    assert "recorded_timestamp_ns" not in data
    assert "recorded_stream" not in new["entry/stream"].attrs
    print(data["data"].shape, data["data"].dtype, "equal")
