"""Computes with numpy what a file of spectra says: RECORDING SPECTRUM."""
import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1]) as recording, h5py.File(sys.argv[2]) as result:
    entry = result["entry"]
    about = entry["process/parameters"].attrs
    numbers = recording["entry/data/frame_number"][:]
    wanted = entry["frames/frame_number"][:]
    rows = np.searchsorted(numbers, wanted)
    images = recording["entry/data/data"][:][rows].astype(float)
    assert np.array_equal(numbers[rows], wanted)
    assert np.array_equal(entry["frames/timestamp_ns"][:], wanted * 1000)
    x, y, width, height = (int(n) for n in about["roi"].replace("x", ",").split(","))
    images = images[:, y:y + height, x:x + width]
    if images.ndim == 4:
        channel = {"mean": None, "0": 0, "1": 1, "2": 2}[about["channel"]]
        images = images.mean(-1) if channel is None else images[..., channel]
    images -= images.mean((1, 2), keepdims=True)
    if about["window"] == "hann":
        hann = [0.5 - 0.5 * np.cos(2 * np.pi * np.arange(n) / n) for n in (height, width)]
        images *= np.outer(*hann)

    full = np.abs(np.fft.fft2(images)) ** 2
    mean = np.fft.fftshift(full.mean(0), axes=0)[:, :width // 2 + 1]
    fy, fx = np.fft.fftshift(np.fft.fftfreq(height)), np.fft.rfftfreq(width)
    if height % 2 == 0:  # numpy calls the highest frequency negative
        mean, fy = np.roll(mean, -1, 0), np.append(fy[1:], 0.5)
    found = entry["spectrum/mean_power"][:]
    error = np.abs(found - mean).max() / mean.max()
    assert error < 1e-6, error
    assert np.allclose(entry["spectrum/fy"][:], fy) and np.allclose(entry["spectrum/fx"][:], fx)
    assert list(entry["spectrum"].attrs["axes"]) == ["fy", "fx"]
    total = full.sum((1, 2)) - full[:, 0, 0]
    assert np.allclose(entry["frames/total_power"][:], total, rtol=1e-5)

    # Profiles, from the whole spectrum.
    gy, gx = np.meshgrid(np.fft.fftfreq(height), np.fft.fftfreq(width), indexing="ij")
    longer = max(height, width)
    ring = np.floor(np.hypot(gy, gx) * longer + 0.5).astype(int).ravel()
    power = full.mean(0).ravel()
    counts = np.bincount(ring)[:longer // 2 + 1]
    radial = np.bincount(ring, power)[:longer // 2 + 1] / np.where(counts, counts, np.nan)
    got = entry["radial/power"][:]
    assert np.allclose(got, radial, rtol=1e-4, atol=mean.max() * 1e-9, equal_nan=True), (got, radial)
    assert np.allclose(entry["radial/frequency"][:], np.arange(longer // 2 + 1) / longer)
    angular = entry["angular/power"][:]
    assert len(angular) == 180 and np.nanmax(angular) > 0

    # The strongest bin that is not near zero is within half a bin of the strongest line.
    near = (np.abs(gy * height) <= 2) & (np.abs(gx * width) <= 2)
    best = np.argmax(np.where(near.ravel(), 0, power))
    want = np.array([abs(gy.ravel()[best]) * height, abs(gx.ravel()[best]) * width])
    line = np.array([abs(entry["peaks/fy"][0]) * height, abs(entry["peaks/fx"][0]) * width])
    assert np.all(np.abs(want - line) <= 0.500001), (want, line)
    powers = entry["peaks/power"][:]
    assert np.all(np.diff(powers) <= 0) and np.isclose(powers[0], power[best], rtol=1e-5)
    print("frames", wanted.tolist(), "error", error)
