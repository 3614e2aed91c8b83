#!/usr/bin/python3
"""Frameline beside other programs, or itself with other options: whole processes, in turns.

    benchmarks/compare.py export|checksums|spectrum|copy [--rounds 5] [--footage FILE]

export    frames/s from an uncompressed recording of real footage to MP4, beside the ffmpeg program
          of the same version that codes the same frames from a raw file with the same quantizer
checksums the recorder with checksums, beside the recorder without as its peer, from the start on
spectrum  whether `spectrum` finds what benchmarks/peer_spectrum.py finds, within 1e-5 of the
          largest, uncompressed and with gzip; how fast they are is a row of benchmarks/table.py
copy      frames/s from a recording of real footage to a copy of it, uncompressed and with gzip,
          each into each, beside h5repack

Medians over the rounds, and their ratio; CPU seconds say more on a busy machine.
"""
import argparse
import statistics
import sys

from frameline_bench import javas, recordings
from frameline_bench.offline import ffmpeg_program, h5repack
from frameline_bench.options import positive, run_main
from frameline_bench.processes import BENCHMARKS, FRAMELINE, Group
from frameline_bench.recordings import FOOTAGE_FRAMES
from frameline_bench.streams import FRAME_BYTES

PYTHON = sys.executable
RAW = ("import h5py, sys; h5py.File(sys.argv[1])['entry/data/data'][:].tofile('frames.rgb')")
CHECK_SPECTRA = """
import h5py, numpy as np
with h5py.File("ours.h5") as ours, np.load("theirs.npz") as theirs:
    mean = theirs["mean_power"]
    height = len(mean)
    # Ascending in fy; numpy calls the highest frequency of an even height negative.
    mean = np.roll(mean, (height - 1) // 2, axis=0)
    found = ours["entry/spectrum/mean_power"][:]
    worst = np.abs(found - mean).max() / mean.max()
    total = theirs["total_power"]
    other = np.abs(ours["entry/frames/total_power"][:] - total).max() / total.max()
assert worst < 1e-5 and other < 1e-5, (worst, other)
print(f"the same within {worst:.1e} of the largest power, {other:.1e} of the largest total")
"""
CHECK_COPIES = """
import h5py, numpy as np, sys
names = sys.argv[1], "ours.h5", "theirs.h5"
original, ours, theirs = (h5py.File(name)["entry/data/data"] for name in names)
assert len(original) == len(ours) == len(theirs)
for row in range(0, len(original), 37):
    assert np.array_equal(original[row], ours[row]), row
    assert np.array_equal(original[row], theirs[row]), row
"""


def in_turns(name, rounds, ours, theirs):
    """Prints medians; each side gives frames/s, and CPU seconds or None."""
    pairs = [(ours(), theirs()) for _ in range(rounds)]
    mine, other = ([statistics.median(values) for values in zip(*side) if None not in values]
                   for side in zip(*pairs))
    print(f"{name:34s} {mine[0]:8.1f} frames/s {mine[0] * FRAME_BYTES / 1e6:7.0f} MB/s   "
          f"peer {other[0]:8.1f} frames/s {other[0] * FRAME_BYTES / 1e6:7.0f} MB/s   "
          f"ratio {mine[0] / other[0]:5.2f}   (medians of {rounds})", flush=True)
    if len(mine) > 1:
        print(f"CPU seconds: {mine[1]:.2f}, peer {other[1]:.2f}", flush=True)


def timed(group, command):
    """Frames/s of a whole process, and its CPU seconds."""
    seconds, cpu = group.run(command)
    return FOOTAGE_FRAMES / seconds, cpu


def compare_export(rounds, footage):
    recording = footage.recording()
    with Group() as group:
        group.run([PYTHON, "-c", RAW, recording])
        ours = [FRAMELINE, "export", recording, "--out", "ours.mp4", "--fps", "10", "--overwrite"]
        theirs = ["env", f"LD_LIBRARY_PATH={group.directory}", ffmpeg_program(group.directory),
                  "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
                  "-s", "640x480", "-r", "10", "-i", "frames.rgb",
                  "-c:v", "libopenh264", "-qmin", "20", "-qmax", "20", "-g", "60",
                  "-pix_fmt", "yuv420p", "-movflags", "+faststart", "theirs.mp4"]
        in_turns("export to MP4", rounds, lambda: timed(group, ours), lambda: timed(group, theirs))
        sizes = [(group.directory / f"{who}.mp4").stat().st_size for who in ("ours", "theirs")]
        print("bytes:", *sizes)


def compare_checksums(rounds, _):
    def recorded(frames, *more):
        return recordings.report(frames, *more)["frames_per_second"], None

    for name, frames, *more in (["uncompressed", 3000], ["gzip", 600, "--compression", "gzip"]):
        in_turns(f"recorder with checksums, {name}", rounds,
                 lambda: recorded(frames, *more, "--checksum", "fletcher32"),
                 lambda: recorded(frames, *more, "--checksum", "none"))


def compare_spectrum(_, footage):
    for compression in ("none", "gzip"):
        recording = footage.recording(compression)
        with Group() as group:
            group.run([FRAMELINE, "spectrum", recording, "--out", "ours.h5"])
            group.run([PYTHON, BENCHMARKS / "peer_spectrum.py", recording, "--out", "theirs.npz"])
            group.run([PYTHON, "-c", CHECK_SPECTRA])
            print(f"spectrum, {compression}: {group.output('run').strip()}", flush=True)


def compare_copy(rounds, footage):
    filters = {"none": ["-f", "NONE"], "gzip": ["-f", "SHUF", "-f", "GZIP=1"]}
    for have in ("none", "gzip"):
        recording = footage.recording(have)
        for wanted in ("none", "gzip"):
            ours = [FRAMELINE, "copy", recording, "--out", "ours.h5", "--overwrite",
                    "--compression", wanted]
            # Without filters to set, h5repack keeps those that are there.
            theirs = [h5repack(), *(filters[wanted] if wanted != have else []), recording,
                      "theirs.h5"]
            with Group() as group:
                in_turns(f"copy, {have} to {wanted}", rounds, lambda: timed(group, ours),
                         lambda: timed(group, theirs))
                group.run([PYTHON, "-c", CHECK_COPIES, recording])


COMPARISONS = {"export": compare_export, "checksums": compare_checksums,
               "spectrum": compare_spectrum, "copy": compare_copy}


def run():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=COMPARISONS)
    parser.add_argument("--rounds", type=positive, default=5)
    parser.add_argument("--footage", help="a video, instead of that of Debian's opencv-doc")
    options = parser.parse_args()
    javas.build()
    footage = recordings.Footage(options.footage)
    try:
        COMPARISONS[options.what](options.rounds, footage)
    finally:
        footage.close()


if __name__ == "__main__":
    run_main("compare", run)
