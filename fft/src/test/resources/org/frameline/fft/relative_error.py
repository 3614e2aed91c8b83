"""Prints, per result file, the relative L2 error against numpy.fft.rfft2 in double.

Arguments: pixel file, dtype, shape as H,W or H,W,C, then per result: file, dtype, output.
A result of the wrong size fails in reshape.
"""
import sys

import numpy as np

pixels, dtype, shape = sys.argv[1:4]
frame = np.fromfile(pixels, "<" + np.dtype(dtype).str[1:]).reshape([int(n) for n in shape.split(",")])
spectrum = np.fft.rfft2(frame, axes=(0, 1))
if frame.ndim == 3:
    spectrum = np.moveaxis(spectrum, 2, 0)
expected = {
    "complex": spectrum,
    "power": np.abs(spectrum) ** 2,
    "log-magnitude": np.log1p(np.abs(spectrum)),
}
for file, kind, output in zip(*[iter(sys.argv[4:])] * 3):
    want = expected[output]
    got = np.fromfile(file, "<" + np.dtype(kind).str[1:]).reshape(want.shape)
    print(np.linalg.norm((got - want).ravel()) / np.linalg.norm(want.ravel()))
