"""A publisher, and those who take its frames: a recorder, or bare subscribers."""
from .counters import Lines, Slowest
from .measure import Row, steady
from .processes import Failure, Group, endpoints

FRAME_BYTES = 640 * 480 * 3
RAMP = ("--source", "synthetic:ramp")


def publisher(group, pub, control, *more, source=RAMP, fps="max"):
    """Starts one that waits for the slowest."""
    group.frameline("publish", "publish", "--bind", pub, "--control-bind", control,
                    "--history-bind", "tcp://127.0.0.1:*", *source, "--fps", fps, "--lossless",
                    *more)


def recorder(group, *more, frames=None, source=RAMP, fps="max"):
    """Starts one that writes recording.h5, and its publisher; the recorder's control endpoint.

    more: further options of the recorder. Where frames are given, both end after so many.
    """
    pub, control, own = endpoints(3)
    group.frameline("record", "record", "--connect", pub, "--control", control,
                    "--control-bind", own, "--out", "recording.h5", "--report", "record.json",
                    *more)
    end = ("--frames", frames) if frames else ()
    publisher(group, pub, control, "--wait-for", "1", *end, source=source, fps=fps)
    return own


def rate(plan, group, names):
    """Frames/s of the slowest subscriber."""
    counter = Slowest([Lines(group, name) for name in names])
    try:
        return steady(group, counter, plan, plan.some(2), start_frames=100)
    finally:
        counter.close()


def check_way(group, names, inline):
    """Fails when the pixels did not come as they should, inline or, but for the first, by ring."""
    for name in names:
        received, _, ring = group.output(name).rpartition("\n")[0].splitlines()[-1].split()
        if int(ring) != 0 if inline else int(ring) < int(received) / 2:
            raise Failure(f"{name}: expected pixels {'inline' if inline else 'in the ring'}, found "
                          f"{ring} of {received} frames in the ring")


def rows(programs):
    """Frames/s of each subscriber."""

    def ours(plan, count, inline, python=False):
        pub, control, nobody = endpoints(3)
        names = [f"subscriber-{n}" for n in range(count)]
        with Group() as group:
            for name in names:
                if python:
                    group.python(name, "peer_pubsub.py", "subscribe", pub)
                else:
                    # As the launcher starts a recorder. Who finds nobody to ask for the ring gets
                    # the pixels inline.
                    group.start(name, [*programs.command("Subscribe", "-XX:TieredStopAtLevel=1"),
                                       pub, nobody if inline else control])
            publisher(group, pub, control, *(() if inline else ("--wait-for", count)))
            figures = rate(plan, group, names)
            if not python:
                check_way(group, names, inline)
            return figures

    def theirs(plan, count, transport):
        names = [f"subscriber-{n}" for n in range(count)]
        with Group() as group:
            at = f"ipc://{group.directory}/frames" if transport == "ipc" else endpoints(1)[0]
            for name in names:
                group.python(name, "peer_pubsub.py", "subscribe", at)
            group.python("publish", "peer_pubsub.py", "publish", at, FRAME_BYTES, count)
            return rate(plan, group, names)

    yield Row("ring", "publisher to one subscriber, same machine", "frames/s", {
        "ring": lambda plan: ours(plan, 1, inline=False),
        "peer tcp": lambda plan: theirs(plan, 1, "tcp"),
        "peer ipc": lambda plan: theirs(plan, 1, "ipc")})
    for count, name, title in ((1, "tcp", "publisher to one subscriber, TCP"),
                               (4, "tcp-4", "publisher to 4 subscribers, TCP, each")):
        yield Row(name, title, "frames/s", {
            "inline": lambda plan, n=count: ours(plan, n, inline=True),
            "inline to pyzmq": lambda plan, n=count: ours(plan, n, inline=True, python=True),
            "peer tcp": lambda plan, n=count: theirs(plan, n, "tcp")})
