#!/usr/bin/python3
"""The peer of `frameline export`: OpenCV over h5py, as fast as it goes.

    benchmarks/peer_export.py RECORDING --out FOLDER [--format png|tiff] [--threads 2]
    benchmarks/peer_export.py RECORDING --out VIDEO.mp4 --ffmpeg PROGRAM

Pictures are written by all cores, a few frames at a time, since OpenCV does not hold the GIL while
it writes; PNG with its own choice of compression, TIFF without any, as ours. A video is coded by ffmpeg, whose libraries
lie beside it, with the same coder and quantizer as ours; it gets the frames through a pipe.
"""
import argparse
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor


def write_pictures(options):
    import cv2
    import h5py

    ending = {"png": "png", "tiff": "tif"}[options.format]
    how = [cv2.IMWRITE_TIFF_COMPRESSION, 1] if options.format == "tiff" else []
    options.out.mkdir(exist_ok=True)

    def write(number, frame):
        if frame.ndim == 3:
            frame = cv2.cvtColor(frame, cv2.COLOR_RGB2BGR)
        path = options.out / f"frame_{number:06d}.{ending}"
        if not cv2.imwrite(str(path), frame, how):
            sys.exit(f"peer_export: cannot write {path}")

    with h5py.File(options.recording, "r") as file, ThreadPoolExecutor(options.threads) as pool:
        frames = file["entry/data/data"]
        waiting = []
        for number in range(len(frames)):
            waiting.append(pool.submit(write, number, frames[number]))
            if len(waiting) > options.threads + 1:
                waiting.pop(0).result()
        for one in waiting:
            one.result()


def write_video(options):
    import h5py

    with h5py.File(options.recording, "r") as file:
        frames = file["entry/data/data"]
        height, width = frames.shape[1:3]
        coder = subprocess.Popen(
            [options.ffmpeg, "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
             "-s", f"{width}x{height}", "-r", "10", "-i", "-", "-c:v", "libopenh264",
             "-qmin", "20", "-qmax", "20", "-g", "60", "-pix_fmt", "yuv420p",
             "-movflags", "+faststart", options.out], stdin=subprocess.PIPE,
            env={**os.environ, "LD_LIBRARY_PATH": str(options.ffmpeg.parent)})
        for frame in frames:
            coder.stdin.write(frame.data)
        coder.stdin.close()
    sys.exit(coder.wait())


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recording")
    parser.add_argument("--out", required=True, type=pathlib.Path)
    parser.add_argument("--format", choices=("png", "tiff"), default="png")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--ffmpeg", type=pathlib.Path, help="the program that codes a video")
    options = parser.parse_args()
    if options.ffmpeg:
        write_video(options)
    else:
        write_pictures(options)


if __name__ == "__main__":
    main()
