#!/usr/bin/python3
"""The transform of one frame, 480x640x3 of uint8 to complex64, on one thread.

    benchmarks/peer_fft.py scipy|fftw [--seconds 3]

scipy  all channels in one call, as they lie
fftw   pyfftw, channel by channel, plans measured (FFTW_MEASURE), arrays aligned and kept

From pixels to numbers in memory. Prints the median of the second half of the time, in milliseconds
of CPU, since others may run on the machine.
"""
import argparse
import statistics
import time

import numpy as np
import scipy.fft

HEIGHT, WIDTH, CHANNELS = 480, 640, 3


def fftw():
    import pyfftw

    pixels = pyfftw.empty_aligned((HEIGHT, WIDTH), np.float32)
    spectra = pyfftw.empty_aligned((CHANNELS, HEIGHT, WIDTH // 2 + 1), np.complex64)
    plans = [pyfftw.FFTW(pixels, spectra[channel], axes=(0, 1), flags=("FFTW_MEASURE",), threads=1)
             for channel in range(CHANNELS)]

    def transform(image):
        for channel, plan in enumerate(plans):
            pixels[:] = image[..., channel]
            plan.execute()
        return spectra

    return transform


def at_once(image):
    return scipy.fft.rfft2(image.astype(np.float32), axes=(0, 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=["scipy", "fftw"])
    parser.add_argument("--seconds", type=float, default=3)
    options = parser.parse_args()
    image = np.random.default_rng(1).integers(0, 255, (HEIGHT, WIDTH, CHANNELS), np.uint8)
    transform = fftw() if options.how == "fftw" else at_once
    transform(image)
    times = []
    end = time.monotonic() + options.seconds
    while time.monotonic() < end:
        begun = time.thread_time()
        transform(image)
        times.append(time.thread_time() - begun)
    print(1000 * statistics.median(times[len(times) // 2:]))


if __name__ == "__main__":
    main()
