#!/usr/bin/python3
"""Frames from memory into an HDF5 file, as fast as h5py goes, all in one process.

    benchmarks/peer_recorder.py HOW OUT --warm-up N --frames N [--source RECORDING]

HOW is how chunks are written, one per frame, in SWMR mode, flushed every 30 frames:
direct        not compressed, past HDF5's filters (write_direct_chunk)
gzip          through HDF5's own shuffle and deflate, level 1
gzip-threads  deflated on all cores by zlib, which lets go of the GIL, then written directly
              (shuffle changes nothing in bytes)

Frames are random, 480x640x3, or the first 64 of a recording. Prints, in
seconds, the time and the CPU time when the warm-up was written, and when everything is on the disk
(fsync).
"""
import argparse
from collections import deque
from concurrent.futures import ThreadPoolExecutor
import os
import time
import zlib

import h5py
import numpy as np

KEPT = 64
FLUSH_EVERY = 30


def load(source):
    if source:
        with h5py.File(source, "r") as file:
            return list(file["entry/data/data"][:KEPT])
    return list(np.random.default_rng(1).integers(0, 255, (KEPT, 480, 640, 3), np.uint8))


def chunks(frames, count, how):
    """What is to be written, frame by frame; with threads a few of them ahead."""
    if how != "gzip-threads":
        yield from (frames[i % len(frames)] for i in range(count))
        return
    cores = os.cpu_count()
    with ThreadPoolExecutor(cores) as pool:
        coming = deque()
        for i in range(count):
            coming.append(pool.submit(zlib.compress, frames[i % len(frames)], 1))
            if len(coming) > 2 * cores:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("how", choices=["direct", "gzip", "gzip-threads"])
    parser.add_argument("out")
    parser.add_argument("--warm-up", type=int, required=True)
    parser.add_argument("--frames", type=int, required=True)
    parser.add_argument("--source")
    options = parser.parse_args()
    frames = load(options.source)
    shape = frames[0].shape
    filters = {}
    if options.how != "direct":
        filters = {"compression": "gzip", "compression_opts": 1, "shuffle": options.how == "gzip"}
    with h5py.File(options.out, "w", libver="latest") as file:
        data = file.create_dataset("images", (0, *shape), maxshape=(None, *shape),
                                   chunks=(1, *shape), dtype=frames[0].dtype, **filters)
        file.swmr_mode = True
        total = options.warm_up + options.frames
        for i, chunk in enumerate(chunks(frames, total, options.how)):
            if i == options.warm_up:
                print(i, time.monotonic(), time.process_time(), flush=True)
            if i % KEPT == 0:
                data.resize(min(i + KEPT, total), axis=0)
            if options.how == "gzip":
                data[i] = chunk
            else:
                data.id.write_direct_chunk((i,) + (0,) * len(shape), chunk)
            if i % FLUSH_EVERY == 0:
                data.flush()
    handle = os.open(options.out, os.O_RDWR)
    os.fsync(handle)
    os.close(handle)
    print(total, time.monotonic(), time.process_time(), flush=True)


if __name__ == "__main__":
    main()
