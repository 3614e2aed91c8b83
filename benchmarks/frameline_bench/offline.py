"""What works on recordings that are there: whole processes, from start to end."""
import pathlib
import shutil
import sys
import zipfile

from .measure import Figures, Row
from .processes import BENCHMARKS, DISTRIBUTION, FRAMELINE, Failure, Group
from .recordings import FOOTAGE_FRAMES


def run(command):
    """Frames/s of a process that takes all frames of the footage, and its CPU."""
    with Group() as group:
        seconds, cpu = group.run(command)
        return Figures(FOOTAGE_FRAMES / seconds, {"all": 1000 * cpu / FOOTAGE_FRAMES})


def spectra(footage):
    """Power spectra, with all cores."""
    our = [FRAMELINE, "spectrum", "--out", "spectrum.h5"]
    their = [sys.executable, BENCHMARKS / "peer_spectrum.py", "--out", "spectrum.npz"]
    for compression, name in (("none", "spectrum"), ("gzip", "spectrum-gzip")):
        yield Row(name, f"power spectrum of a recording, compression {compression}", "frames/s", {
            "spectrum": lambda plan, c=compression: run([*our, footage.recording(c)]),
            "peer scipy": lambda plan, c=compression: run([*their, footage.recording(c)])})


def h5repack():
    if not shutil.which("h5repack"):
        raise Failure("expected h5repack, found none; install hdf5-tools")
    return "h5repack"


def copies(footage):
    """Copies in which every chunk stays as it is."""

    def theirs(compression, *before):
        return run([*before, h5repack(), footage.recording(compression), "theirs.h5"])

    # Ours ends when the copy is on the disk.
    until_on_disk = ["sh", "-c", '"$@" && sync theirs.h5', "sh"]
    for compression, name in (("none", "copy"), ("gzip", "copy-gzip")):
        yield Row(name, f"copy of a recording, compression {compression}", "frames/s", {
            "copy": lambda plan, c=compression: run(
                [FRAMELINE, "copy", footage.recording(c), "--out", "ours.h5"]),
            "peer h5repack": lambda plan, c=compression: theirs(c),
            "peer h5repack, sync": lambda plan, c=compression: theirs(c, *until_on_disk)})


def ffmpeg_program(directory):
    """The ffmpeg program that comes with JavaCV, and its libraries: Debian's has no OpenH264."""
    jars = [j for j in (DISTRIBUTION / "lib").glob("ffmpeg-*.jar") if len(j.name.split("-")) > 3]
    if not jars:
        raise Failure(f"expected natives of ffmpeg in {DISTRIBUTION / 'lib'}, found none")
    with zipfile.ZipFile(jars[0]) as content:
        for name in content.namelist():
            if name.startswith("org/") and not name.endswith(("/", ".h")):
                target = directory / pathlib.Path(name).name
                target.write_bytes(content.read(name))
                target.chmod(0o755)
    return directory / "ffmpeg"


def exports(footage):
    """Pictures and a video of an uncompressed recording."""
    peer = [sys.executable, BENCHMARKS / "peer_export.py"]

    def ours(*more):
        return run([FRAMELINE, "export", footage.recording(), *more])

    def video(_):
        with Group() as programs:
            return run([*peer, footage.recording(), "--out", "theirs.mp4", "--ffmpeg",
                        ffmpeg_program(programs.directory)])

    for form, title in (("png", "PNG"), ("tiff", "TIFF")):
        yield Row(f"export-{form}", f"recording to {title} pictures", "frames/s", {
            "export": lambda plan, f=form: ours("--out", "pictures", "--format", f),
            "peer OpenCV": lambda plan, f=form: run(
                [*peer, footage.recording(), "--out", "pictures", "--format", f])})
    yield Row("export-mp4", "recording to MP4", "frames/s", {
        "export": lambda plan: ours("--out", "ours.mp4", "--fps", "10"),
        "peer ffmpeg": video})
