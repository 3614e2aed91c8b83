"""Compares what was exported with the recording: FILE VIDEO RATE SHEET PICTURE..."""
import json
import pathlib
import subprocess
import sys

import cv2
import h5py
import numpy as np

path, video, rate, sheet, *pictures = sys.argv[1:]
with h5py.File(path, "r") as file:
    frames = file["entry/data/data"][:]

probed = json.loads(subprocess.run(
    ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json", video],
    stdout=subprocess.PIPE, check=True).stdout)["streams"]
assert len(probed) == 1, probed
stream = probed[0]
size = (stream["height"], stream["width"])
assert stream["codec_name"] == "h264" and stream["pix_fmt"] == "yuv420p", stream
assert size == frames.shape[1:3], (size, frames.shape)
assert int(stream["nb_read_frames"]) == len(frames), stream["nb_read_frames"]
top, bottom = map(int, stream["avg_frame_rate"].split("/"))
assert abs(top / bottom / float(rate) - 1) < 1e-3, stream["avg_frame_rate"]

raw = subprocess.run(
    ["ffmpeg", "-v", "error", "-i", video, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
    stdout=subprocess.PIPE, check=True).stdout
shown = np.frombuffer(raw, np.uint8).reshape(frames.shape).astype(float)
error = ((shown - frames) ** 2).mean(axis=(1, 2, 3))
psnr = 10 * np.log10(255 ** 2 / error)
assert psnr.mean() > 33 and psnr.min() > 30, (psnr.mean(), psnr.min())

for picture in pictures:
    number = int(pathlib.Path(picture).stem.split("_")[1])
    found = cv2.imread(picture, cv2.IMREAD_UNCHANGED)[..., ::-1]
    assert np.array_equal(found, frames[number]), picture

# The first tile begins behind the gap; 768x576 is made three times smaller.
tile = cv2.imread(sheet, cv2.IMREAD_UNCHANGED)[8:200, 8:264, ::-1]
small = frames[0].reshape(192, 3, 256, 3, 3).mean(axis=(1, 3))
assert abs(tile - small).max() <= 0.51, abs(tile - small).max()
print(f"{len(frames)} frames, PSNR {psnr.mean():.1f} dB, at least {psnr.min():.1f} dB,"
      f" {len(pictures)} pictures equal")
