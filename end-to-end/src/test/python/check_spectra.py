"""Compares a spectra file with numpy's transform of the recording: RECORDING SPECTRA TOLERANCE."""
import sys

import h5py
import numpy as np

recording, spectra, tolerance = sys.argv[1], sys.argv[2], float(sys.argv[3])
with h5py.File(recording, "r") as frames, h5py.File(spectra, "r") as results:
    pixels = frames["entry/data/data"]
    values = results["entry/data/data"]
    numbers = results["entry/data/frame_number"][:]
    assert np.array_equal(numbers, frames["entry/data/frame_number"][:]), numbers
    assert values.dtype in (np.complex64, np.complex128), values.dtype
    about = f"{len(numbers)} spectra of {pixels.shape[1:]} {pixels.dtype} as {values.dtype}"
    worst = 0.0
    for i in range(len(numbers)):
        expected = np.fft.rfft2(pixels[i].astype(np.float64), axes=(0, 1))
        if expected.ndim == 3:
            expected = expected.transpose(2, 0, 1)
        assert values.shape[1:] == expected.shape, (values.shape, expected.shape)
        worst = max(worst, np.linalg.norm(values[i] - expected) / np.linalg.norm(expected))
print(f"{about}: worst relative L2 error {worst:.2e}")
assert worst < tolerance, f"{worst} is not below {tolerance}"
