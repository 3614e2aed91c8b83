"""Pipelines of whole processes: Frameline's, and what a user of Python would write."""
from .counters import Lines, Status
from .measure import Row, steady
from .processes import Group, endpoints

# Tells glibc to keep the memory of large arrays. Else it gives it back after each frame, and the
# kernel fills it with zeros anew, which takes as long as the transform.
KEEP_MEMORY = {"MALLOC_MMAP_THRESHOLD_": str(1 << 30), "MALLOC_TRIM_THRESHOLD_": str(1 << 32)}
TYPES = {"Mono8": ("", "uint8"), "Mono16": ("", "uint16"), "RGB8": ("x3", "uint8")}


def start(group, *, size="640x480", pixels="RGB8", output="complex", workers=2, engine=None,
              threads=False, dispatch="push", fps="max", frames=None):
    """Starts publisher, ventilator, workers and sink without files; counts what the sink has.

    threads: one worker with as many threads instead of as many processes. Where frames are given,
    all end by themselves after so many.
    """
    pub, control, tasks, results, handshake = endpoints(5)
    group.frameline("sink", "sink", "--bind", results, "--handshake", handshake,
                    "--report", "sink.json")
    fft = ["fft", "--connect", tasks, "--results", results, "--output", output,
           "--dispatch", dispatch]
    if engine:
        fft += ["--engine", engine]
    if threads:
        group.frameline("fft", *fft, "--threads", workers)
    else:
        for n in range(workers):
            group.frameline(f"fft-{n}", *fft)
    group.frameline("ventilate", "ventilate", "--connect", pub, "--control", control,
                    "--bind", tasks, "--sink", handshake, "--workers", 1 if threads else workers,
                    "--dispatch", dispatch, "--report", "ventilate.json")
    end = ["--frames", frames] if frames else []
    group.frameline("publish", "publish", "--bind", pub, "--control-bind", control,
                    "--history-bind", "tcp://127.0.0.1:*", "--wait-for", "1",
                    "--source", "synthetic:ramp", "--size", size, "--format", pixels,
                    "--fps", fps, "--lossless", *end)
    return Status(handshake)


def report(workers, frames, *, fps="max", frameline=None):
    """The sink's report of a pipeline that brought it so many frames from its start on."""
    with Group(frameline) as group:
        start(group, workers=workers, frames=frames, fps=fps).close()
        group.finish(*group.processes)
        return group.report("sink", frames)


def peer(group, *, size="640x480", pixels="RGB8", output="complex", workers=2, transport="ipc"):
    """The same of benchmarks/peer_pipeline.py."""
    channels, element = TYPES[pixels]
    width, height = size.split("x")
    if transport == "ipc":
        tasks, results = (f"ipc://{group.directory}/{name}" for name in ("tasks", "results"))
    else:
        tasks, results = endpoints(2)
    script = "peer_pipeline.py"
    group.python("sink", script, "sink", results, output)
    for n in range(workers):
        group.python(f"fft-{n}", script, "fft", tasks, results, output)
    group.python("ventilate", script, "ventilate", tasks, f"{height}x{width}{channels}", element)
    return Lines(group, "sink")


def contender(name, environment=None, program=None):
    """A group and a way to start a pipeline in it, by a name such as vector-threads or peer-tcp.

    peer[-tcp][-kept]   the Python programs; kept: with memory kept by malloc
    default, ENGINE     Frameline, with -threads as one worker with threads
    """
    kind, *how = name.split("-")
    if kind == "peer":
        group = Group(environment=KEEP_MEMORY if "kept" in how else None)
        return group, lambda **of: peer(group, transport="tcp" if "tcp" in how else "ipc", **of)
    group = Group(program, environment)
    engine = None if kind == "default" else kind
    return group, lambda **of: start(group, engine=engine, threads="threads" in how, **of)


def row(name, title, contenders, part=1, other_java=None, **of):
    """Frames/s to the sink of some contenders, by names as contender() has them.

    part: of the plan's frames; of: what is sent and made, as start() takes it.
    """

    def run(plan, who, **where):
        group, begin = contender(who, **where)
        with group:
            counter = begin(**of)
            try:
                return steady(group, counter, plan, plan.some(part))
            finally:
                counter.close()

    runs = {c: lambda plan, c=c: run(plan, c) for c in contenders}
    if other_java:
        where = {"environment": other_java.environment, "program": other_java.program}
        runs[f"vector on Java {other_java.name}"] = lambda plan: run(plan, "vector", **where)
    return Row(name, title, "frames/s", runs)


def rows(other_java):
    """Those that are published."""
    yield row("pipeline", "camera to sink, 2 workers",
              ["java", "vector", "default-threads", "peer", "peer-kept"], other_java=other_java)
    all_three = ["default", "peer", "peer-kept"]
    yield row("one-worker", "camera to sink, 1 worker", all_three, workers=1)
    yield row("mono8", "camera to sink, Mono8", all_three, pixels="Mono8")
    yield row("mono16", "camera to sink, 1280x1024 Mono16", all_three, part=1 / 2,
              size="1280x1024", pixels="Mono16")
    yield row("full-hd", "camera to sink, 1920x1080", all_three, part=1 / 6, size="1920x1080")
    yield row("log-magnitude", "camera to sink, log-magnitude", all_three, output="log-magnitude")
