"""Checks synthetic:ramp in one pixel format: RECORDING COPY SPECTRA PICTURE VIDEO NAME BITS COUNT.

The recording holds the ramp, the copy (a recording of its replay) the same, both under the format's name; the
spectra are numpy's; the picture, of frame 3, has all bits, and the video the highest 8, as far as its coder lets
that be seen.
"""
import sys

import cv2
import h5py
import numpy as np

recording, copy, spectra, picture, video, name, bits, count = sys.argv[1:]
bits, count = int(bits), int(count)
frames = None
for path in (recording, copy):
    with h5py.File(path, "r") as file:
        data = file["entry/data/data"][:]
        said = file["entry/instrument/detector/pixel_format"].asstr()[()]
    assert said == name, said
    assert data.dtype == (np.uint8 if bits == 8 else np.uint16), data.dtype
    n, y, x = np.ogrid[: data.shape[0], : data.shape[1], : data.shape[2]]
    want = 257 * (n + x + y)
    if data.ndim == 4:
        want = want[..., None] + 64 * np.arange(3)
    assert data.shape[0] == count, data.shape
    assert np.array_equal(data, want % 2**bits), f"{path} is no ramp of {bits} bits"
    frames = data
with h5py.File(spectra, "r") as file:
    found = file["entry/data/data"][:]
planes = np.moveaxis(frames, -1, 1) if frames.ndim == 4 else frames
expected = np.fft.rfft2(planes.astype(np.float64))
assert found.shape == expected.shape, (found.shape, expected.shape)
error = np.abs(found - expected).max() / np.abs(expected).max()
assert error < 1e-6, error
shown = cv2.imread(picture, cv2.IMREAD_UNCHANGED)
shown = shown[..., ::-1] if frames.ndim == 4 else shown
assert shown.dtype == frames.dtype, shown.dtype
assert np.array_equal(shown, frames[3]), "the picture has other values"
capture = cv2.VideoCapture(video)
for i in range(count):
    there, shown = capture.read()
    assert there, f"the video ends with frame {i}"
    wanted, got = (frames[i] >> (bits - 8)).mean(), shown.mean()
    assert abs(wanted - got) < 8, f"frame {i} of the video: expected a mean of {wanted}, found {got}"
print(name, "right, relative error of the spectra", error)
