"""What writes recordings, and what reads them."""
import pathlib

from .counters import Status, at_least
from .measure import Figures, Row
from .processes import PATIENCE_S, Failure, Group, until
from .streams import RAMP, recorder

# Where Debian's package opencv-doc puts it, and how many frames it has.
FOOTAGE = pathlib.Path("/usr/share/doc/opencv-doc/examples/data/vtest.avi")
FOOTAGE_FRAMES = 795


class Footage:
    """Recordings of real footage, 640x480, each made when it is first asked for."""

    def __init__(self, video=None):
        self.video = pathlib.Path(video or FOOTAGE).absolute()
        self.groups = {}

    def recording(self, compression="none", frames=FOOTAGE_FRAMES):
        """Where it is."""
        if compression not in self.groups:
            if not self.video.is_file():
                raise Failure(f"expected a video at {self.video}, found none; install opencv-doc "
                              "or say --footage FILE")
            group = Group()
            try:
                recorder(group, "--compression", compression, frames=frames,
                         source=("--source", f"video:{self.video}", "--size", "640x480"))
                finish(group, frames)
            except BaseException:
                group.close()
                raise
            self.groups[compression] = group
        return self.groups[compression].directory / "recording.h5"

    def close(self):
        for group in self.groups.values():
            group.close()


def finish(group, frames):
    """Waits for the end of a recording that has all frames; when the recorder ended, its report."""
    ended = group.finish("record")
    group.finish("publish")
    return ended, group.report("record", frames)


def report(frames, *more, source=RAMP, fps="max", frameline=None):
    """The report of a recorder that recorded so many frames from its start on."""
    with Group(frameline) as group:
        recorder(group, *more, frames=frames, source=source, fps=fps)
        return finish(group, frames)[1]


def ours(plan, frames, *more, source=RAMP):
    """From the warm-up until the recorder, told to stop, has ended with its last checkpoint."""
    with Group() as group:
        counter = Status(recorder(group, *more, source=source))
        try:
            begun, since = at_least(counter, plan.warm_up, group)
            before = group.cpu()
            at_least(counter, begun + frames, group)
            published = group.cpu()["publish"] - before["publish"]
            counter.stop()
            ended = group.finish("record")
        finally:
            counter.close()
        done = group.report("record")["frames"] - begun
        return Figures(done / (ended - since), {
            "record": 1000 * (group.usage["record"] - before["record"]) / done,
            "publish": 1000 * published / done})


def theirs(plan, frames, how, *source):
    """From the warm-up until everything is on the disk."""
    with Group() as group:
        group.python("record", "peer_recorder.py", how, "peer.h5", "--warm-up", plan.warm_up,
                     "--frames", frames, *source)
        group.finish("record")
        (_, since, before), (_, ended, after) = (
            [float(word) for word in line.split()]
            for line in group.output("record").splitlines())
        return Figures(frames / (ended - since), {"record": 1000 * (after - before) / frames})


def recorders(footage):
    """Frames/s into a file."""

    def compressed(plan):
        return ours(plan, plan.some(1 / 2), "--compression", "gzip",
                    source=("--source", f"hdf5:{footage.recording()}", "--loop"))

    def peer(plan, how):
        return theirs(plan, plan.some(1 / 2), how, "--source", footage.recording())

    yield Row("recorder", "camera to file", "frames/s", {
        "record": lambda plan: ours(plan, plan.frames),
        "peer direct": lambda plan: theirs(plan, plan.frames, "direct")})
    yield Row("gzip", "camera to file, gzip", "frames/s", {
        "record": compressed,
        "peer gzip": lambda plan: peer(plan, "gzip"),
        "peer gzip-threads": lambda plan: peer(plan, "gzip-threads")})


def latency():
    """Milliseconds from the grab to the file at 60 frames/s."""
    fps = 60

    def run(plan):
        frames = max(1, round(60 * fps * plan.minutes))
        with Group() as group:
            recorder(group, "--rotate-size", "1GiB", frames=frames, fps=fps)

            def ended():
                prune(group.directory)
                return group.exit_code("record")

            until(ended, "the end of the recording", lambda: group.check(group.processes),
                  60 * plan.minutes + PATIENCE_S)
            _, found = finish(group, frames)
        whole, half, timeline = (found[name] for name in (
            "latency_ms", "latency_second_half_ms", "timeline"))
        return Figures(half["p99"], more={
            "p50, ms": half["p50"], "longest, ms": half["max"],
            "p50 of the whole run, ms": whole["p50"], "p99 of the whole run, ms": whole["p99"],
            "longest of the whole run, ms": whole["max"]},
            curve=[(b["seconds"], b["latency_max_ms"]) for b in timeline])

    yield Row("latency", "grab to file at 60 frames/s, second half, p99", "ms", {"record": run},
              less_is_better=True)


def prune(directory):
    """Keeps the newest files of a rotation, so that the disk need not hold all."""
    for old in sorted(directory.glob("recording_*.h5"))[:-2]:
        old.unlink()
