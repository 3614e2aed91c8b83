#!/usr/bin/python3
"""Frameline beside its Python peers: whole processes, alternating, medians and their ratio.

    benchmarks/compare.py pipeline|recorder|gzip|export|checksums|spectrum|copy [--rounds 5]
                          [--peers DIR] [--footage FILE] [--frames N]

pipeline  frames/s from camera frames to complex64 spectra in the sink, 640x480x3,
          with 1 and 2 workers, beside `pipeline.py tuned`
recorder  frames/s and MB/s of a publisher and a recorder over TCP, 640x480x3, uncompressed,
          checkpoints on, beside `recording.py` (h5py writing direct chunks from memory,
          in one process)
gzip      the same compressed, on real footage, beside h5py's gzip 1 with shuffle
export    frames/s from an uncompressed recording of real footage to MP4, beside the ffmpeg program
          of the same version that codes the same frames from a raw file with the same quantizer;
          whole processes, from start to end
checksums the recorder with checksums, beside the recorder without as its peer
spectrum  frames/s from a recording of real footage, uncompressed and with gzip, to its mean power
          spectrum and the total power of each frame, beside numpy and scipy over h5py on the same
          file (benchmarks/peer_spectrum.py), with two cores; whole processes, from start to end.
          Both must find the same, within 1e-5 of the largest
copy      frames/s from a recording of real footage to a copy of it, uncompressed and with gzip,
          each into each, beside h5repack; whole processes, from start to end

In the first three both sides are timed from one of their first frames to the last one, with what Java compiles
meanwhile. Our recorder's last checkpoint comes after that; the peer's final fsync is counted.
"""
import argparse
import json
import os
import pathlib
import re
import resource
import socket
import statistics
import subprocess
import tempfile
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
FRAMELINE = str(ROOT / "scripts" / "frameline")
FRAME_BYTES = 640 * 480 * 3
LIMIT = 300
# Where Debian's package opencv-doc puts it.
FOOTAGE = pathlib.Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")


def endpoints(count):
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    names = [f"tcp://127.0.0.1:{s.getsockname()[1]}" for s in held]
    for s in held:
        s.close()
    return names


def run_all(frameline, directory, commands):
    programs = [
        subprocess.Popen([frameline, *c], cwd=directory, stderr=subprocess.PIPE, text=True)
        for c in commands
    ]
    for program, command in zip(programs, commands):
        _, log = program.communicate(timeout=LIMIT)
        if program.returncode != 0:
            raise SystemExit(f"{command} ended with {program.returncode}:\n{log}")


def our_pipeline(workers, frames, fps="max", frameline=FRAMELINE):
    """The sink's report."""
    with tempfile.TemporaryDirectory() as directory:
        pub, control, tasks, results, handshake = endpoints(5)
        run_all(frameline, directory, [
            ["sink", "--bind", results, "--handshake", handshake, "--report", "sink.json"],
            *[["fft", "--connect", tasks, "--results", results]] * workers,
            ["ventilate", "--connect", pub, "--control", control, "--bind", tasks,
             "--sink", handshake, "--workers", str(workers)],
            ["publish", "--bind", pub, "--control-bind", control, "--wait-for", "1",
             "--source", "synthetic:fringes", "--fps", str(fps), "--lossless",
             "--frames", str(frames)],
        ])
        report = json.loads(pathlib.Path(directory, "sink.json").read_text())
        assert report["frames"] == frames and report["missing"] == 0, report
        return report


def peer(peers, *arguments):
    done = subprocess.run(["/usr/bin/python3", str(peers / arguments[0]), *arguments[1:]],
                          capture_output=True, text=True, timeout=LIMIT)
    return done.stdout


def peer_pipeline(peers, workers, frames):
    return float(re.search(r"([\d.]+) fps", peer(peers, "pipeline.py", "tuned", str(workers),
                                                str(frames))).group(1))


def our_recorder(frames, *more, source=("--source", "synthetic:fringes"), fps="max",
                 frameline=FRAMELINE):
    """The recorder's report."""
    with tempfile.TemporaryDirectory() as directory:
        pub, control, own = endpoints(3)
        run_all(frameline, directory, [
            ["record", "--connect", pub, "--control", control, "--control-bind", own,
             "--out", "recording.h5", "--report", "record.json", *more],
            ["publish", "--bind", pub, "--control-bind", control, "--wait-for", "1",
             *source, "--fps", str(fps), "--lossless", "--frames", str(frames)],
        ])
        report = json.loads(pathlib.Path(directory, "record.json").read_text())
        assert report["frames"] == frames and report["missing"] == 0, report
        return report


def peer_recorder(peers, row):
    line = next(l for l in peer(peers, "recording.py").splitlines() if l.startswith(row))
    return float(re.search(r"-> (\d+) MB/s", line).group(1)) * 1e6 / FRAME_BYTES


def ffmpeg_program(directory):
    """The ffmpeg program that comes with JavaCV: Debian's has no OpenH264."""
    lib = ROOT / "cli" / "target" / "frameline" / "lib"
    jar = next(j for j in lib.glob("ffmpeg-*.jar") if len(j.name.split("-")) > 3)
    with zipfile.ZipFile(jar) as content:
        for name in content.namelist():
            if name.startswith("org/") and not name.endswith(("/", ".h")):
                target = pathlib.Path(directory, pathlib.Path(name).name)
                target.write_bytes(content.read(name))
                target.chmod(0o755)
    return str(pathlib.Path(directory, "ffmpeg"))


def timed(frames, command, directory, cpu, **more):
    """Frames/s of a whole process; adds its CPU seconds, which say more on a busy machine."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, cwd=directory, check=True, capture_output=True, timeout=LIMIT, **more)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return {"frames_per_second": frames / seconds}


def record(directory, source, frames, *options):
    """Makes recording.h5."""
    pub, control, own = endpoints(3)
    run_all(FRAMELINE, directory, [
        ["record", "--connect", pub, "--control", control, "--control-bind", own,
         "--out", "recording.h5", *options],
        ["publish", "--bind", pub, "--control-bind", control, "--wait-for", "1",
         *source, "--fps", "max", "--lossless", "--frames", str(frames)],
    ])


def compare_export(rounds, footage, frames):
    with tempfile.TemporaryDirectory() as directory:
        record(directory, footage, frames)
        subprocess.run(["/usr/bin/python3", "-c",
                        "import h5py; h5py.File('recording.h5')['entry/data/data'][:]"
                        ".tofile('frames.rgb')"], cwd=directory, check=True)
        ffmpeg = ffmpeg_program(directory)
        ours = [FRAMELINE, "export", "recording.h5", "--out", "ours.mp4", "--fps", "10",
                "--overwrite"]
        theirs = [ffmpeg, "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
                  "-s", "640x480", "-r", "10", "-i", "frames.rgb", "-c:v", "libopenh264",
                  "-qmin", "20", "-qmax", "20", "-g", "60", "-pix_fmt", "yuv420p",
                  "-movflags", "+faststart", "theirs.mp4"]
        environment = {**os.environ, "LD_LIBRARY_PATH": directory}
        our_cpu, their_cpu = [], []
        alternate("export to MP4", rounds, lambda: timed(frames, ours, directory, our_cpu),
                  lambda: timed(frames, theirs, directory, their_cpu,
                                env=environment)["frames_per_second"])
        print(f"CPU seconds: {statistics.median(our_cpu):.2f}, "
              f"peer {statistics.median(their_cpu):.2f}")
        sizes = [pathlib.Path(directory, f"{who}.mp4").stat().st_size for who in ("ours", "theirs")]
        print("bytes:", *sizes)


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
import h5py, numpy as np
names = "recording.h5", "ours.h5", "theirs.h5"
original, ours, theirs = (h5py.File(name)["entry/data/data"] for name in names)
assert len(original) == len(ours) == len(theirs)
for row in range(0, len(original), 37):
    assert np.array_equal(original[row], ours[row]), row
    assert np.array_equal(original[row], theirs[row]), row
"""


def compare_spectrum(rounds, footage, frames, options=()):
    with tempfile.TemporaryDirectory() as directory:
        record(directory, footage, frames, *options)
        ours = [FRAMELINE, "spectrum", "recording.h5", "--out", "ours.h5", "--overwrite"]
        theirs = ["/usr/bin/python3", str(ROOT / "benchmarks" / "peer_spectrum.py"),
                  "recording.h5", "theirs.npz"]
        our_cpu, their_cpu = [], []
        alternate(f"spectrum, {' '.join(options) or 'uncompressed'}", rounds,
                  lambda: timed(frames, ours, directory, our_cpu),
                  lambda: timed(frames, theirs, directory, their_cpu)["frames_per_second"])
        print(f"CPU seconds: {statistics.median(our_cpu):.2f}, "
              f"peer {statistics.median(their_cpu):.2f}")
        subprocess.run(["/usr/bin/python3", "-c", CHECK_SPECTRA], cwd=directory, check=True)


def compare_copy(rounds, footage, frames):
    repack = {"none": ["-f", "NONE"], "gzip": ["-f", "SHUF", "-f", "GZIP=1"]}
    for have in ("none", "gzip"):
        with tempfile.TemporaryDirectory() as directory:
            record(directory, footage, frames, "--compression", have)
            for wanted in ("none", "gzip"):
                ours = [FRAMELINE, "copy", "recording.h5", "--out", "ours.h5", "--overwrite",
                        "--compression", wanted]
                # Without filters to set, h5repack keeps those that are there.
                theirs = ["h5repack", *(repack[wanted] if wanted != have else []),
                          "recording.h5", "theirs.h5"]
                our_cpu, their_cpu = [], []
                alternate(f"copy, {have} to {wanted}", rounds,
                          lambda: timed(frames, ours, directory, our_cpu),
                          lambda: timed(frames, theirs, directory, their_cpu)[
                              "frames_per_second"])
                print(f"CPU seconds: {statistics.median(our_cpu):.2f}, "
                      f"peer {statistics.median(their_cpu):.2f}")
                subprocess.run(["/usr/bin/python3", "-c", CHECK_COPIES], cwd=directory, check=True)


def alternate(name, rounds, ours, theirs):
    pairs = [(ours()["frames_per_second"], theirs()) for _ in range(rounds)]
    mine, other = (statistics.median(column) for column in zip(*pairs))
    print(f"{name:34s} {mine:8.1f} frames/s {mine * FRAME_BYTES / 1e6:7.0f} MB/s   "
          f"peer {other:8.1f} frames/s {other * FRAME_BYTES / 1e6:7.0f} MB/s   "
          f"ratio {mine / other:5.2f}   (medians of {rounds})", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["pipeline", "recorder", "gzip", "export", "checksums",
                                         "spectrum", "copy"])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=pathlib.Path,
                        help="folder of pipeline.py and recording.py, for the first three")
    parser.add_argument("--footage", type=pathlib.Path, default=FOOTAGE, help="a video file")
    parser.add_argument("--frames", type=int, default=795, help="of the recording, for spectrum and copy")
    options = parser.parse_args()
    peers, rounds = options.peers, options.rounds
    if options.what in ("pipeline", "recorder", "gzip") and peers is None:
        parser.error(f"{options.what} needs --peers DIR")
    footage = ("--source", f"video:{options.footage.absolute()}", "--size", "640x480")
    if options.what == "pipeline":
        for workers in (1, 2):
            alternate(f"FFT pipeline, {workers} worker{'s' * (workers > 1)}", rounds,
                      lambda: our_pipeline(workers, 2000),
                      lambda: peer_pipeline(peers, workers, 2000))
    elif options.what == "recorder":
        alternate("recorder, uncompressed", rounds, lambda: our_recorder(3000),
                  lambda: peer_recorder(peers, "tuned swmr direct"))
    elif options.what == "export":
        compare_export(rounds, footage, 795)
    elif options.what == "spectrum":
        for more in ((), ("--compression", "gzip")):
            compare_spectrum(rounds, footage, options.frames, more)
    elif options.what == "copy":
        compare_copy(rounds, footage, options.frames)
    elif options.what == "checksums":
        for name, *more in (["uncompressed"], ["gzip", "--compression", "gzip"]):
            frames = 600 if more else 3000
            alternate(f"recorder with checksums, {name}", rounds,
                      lambda: our_recorder(frames, *more, "--checksum", "fletcher32"),
                      lambda: our_recorder(frames, *more,
                                           "--checksum", "none")["frames_per_second"])
    else:
        alternate("recorder, gzip", rounds,
                  lambda: our_recorder(600, "--compression", "gzip", source=footage),
                  lambda: peer_recorder(peers, "tuned gzip1 shuffle"))


if __name__ == "__main__":
    main()
