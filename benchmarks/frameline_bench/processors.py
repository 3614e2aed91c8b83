"""What a frame costs: the transform alone, what is allocated, and the start before it."""
import select
import socket
import subprocess
from importlib.util import find_spec

from . import pipelines
from .counters import Status, at_least
from .measure import Figures, Row
from .processes import FRAMELINE, PATIENCE_S, Failure, Group
from .streams import recorder


def transforms(programs, other_java):
    """Milliseconds of one frame on one thread; FFTW takes part where pyfftw is there."""

    def run(command):
        with Group() as group:
            group.run(command)
            return Figures(float(group.output("run")))

    def engine(plan, name, java_home=None):
        module = ["--add-modules", "jdk.incubator.vector"] if name == "vector" else []
        return run([*programs.command("FrameTime", *module, java_home=java_home), name,
                    plan.seconds])

    def library(plan, how, environment=None):
        with Group(environment=environment) as group:
            group.python("run", "peer_fft.py", how, "--seconds", plan.seconds)
            group.finish("run")
            return Figures(float(group.output("run")))

    runs = {name: lambda plan, name=name: engine(plan, name)
            for name in ("java", "vector", "jtransforms")}
    if other_java:
        home = other_java.environment["JAVA_HOME"]
        runs[f"vector on Java {other_java.name}"] = lambda plan: engine(plan, "vector", home)
    runs["peer scipy"] = lambda plan: library(plan, "scipy")
    runs["peer scipy-kept"] = lambda plan: library(plan, "scipy", pipelines.KEEP_MEMORY)
    if find_spec("pyfftw"):
        runs["peer fftw"] = lambda plan: library(plan, "fftw")
    yield Row("fft", "transform of one frame, one thread", "ms of CPU", runs, less_is_better=True)


def starts():
    """What it takes until something runs."""

    def version(_):
        with Group() as group:
            seconds, cpu = group.run([FRAMELINE, "--version"])
            return Figures(cpu, more={"s": seconds})

    def five(_):
        with Group() as group:
            pipelines.start(group, frames=30).close()
            ended = group.finish(*group.processes)
            return Figures(sum(group.usage.values()), dict(group.usage),
                           {"s": ended - group.started})

    def demo(_):
        with Group() as group:
            base = free_ports()
            group.frameline("demo", "demo", "--frames", 60, "--port-base", base, "--out", "demo")
            counter = Status(f"tcp://127.0.0.1:{base + 7}")
            try:
                _, moment = at_least(counter, 1, group)
            finally:
                counter.close()
            return Figures(moment - group.started)

    def row(name, title, unit, run, per_process=""):
        return Row(name, title, unit, {"frameline": run}, less_is_better=True,
                   per_process=per_process)

    yield row("version", "`--version`", "s of CPU", version)
    yield row("start", "five processes, 30 frames", "s of CPU", five, "CPU, s")
    yield row("demo", "demo, to the first spectrum", "s", demo)


def free_ports(count=20):
    """The first of some ports in a row that nobody has now; demo takes them so."""
    for _ in range(100):
        with socket.create_server(("127.0.0.1", 0)) as first:
            base = first.getsockname()[1]
        held = []
        try:
            for port in range(base, base + count):
                held.append(socket.create_server(("127.0.0.1", port)))
            return base
        except (OSError, OverflowError):
            continue
        finally:
            for s in held:
                s.close()
    raise Failure(f"expected {count} free ports in a row, found none")


def allocations(programs):
    """Kilobytes that each process allocates per frame in the steady state."""

    def allocated(plan, group, counter):
        at_least(counter, 1, group)
        names = list(group.processes)
        pids = [str(pid) for pid in group.pids().values()]
        with subprocess.Popen([*programs.command("Allocated"), *pids], text=True, bufsize=1,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, start_new_session=True) as asked:
            try:
                bytes_of(asked)
                begun, _ = at_least(counter, plan.warm_up, group)
                before = bytes_of(asked)
                ended, _ = at_least(counter, begun + plan.frames, group)
                after = bytes_of(asked)
            finally:
                asked.kill()
        done = ended - begun
        each = {}
        for name, more, less in zip(names, after, before):
            kind = name.split("-")[0]
            each[kind] = each.get(kind, 0) + (more - less) / 1000 / done
        return Figures(sum(each.values()), each)

    def bytes_of(asked):
        asked.stdin.write("\n")
        answers, _, _ = select.select([asked.stdout], [], [], PATIENCE_S)
        line = asked.stdout.readline() if answers else ""
        if not line:
            asked.kill()
            said = asked.stderr.read().strip().splitlines()
            raise Failure(f"Allocated has ended: {said[-1] if said else 'without a word'}")
        return [int(word) for word in line.split()]

    def through_pipeline(plan):
        with Group() as group:
            counter = pipelines.start(group)
            try:
                return allocated(plan, group, counter)
            finally:
                counter.close()

    def through_recorder(plan):
        with Group() as group:
            counter = Status(recorder(group))
            try:
                return allocated(plan, group, counter)
            finally:
                counter.close()

    yield Row("allocation", "allocated per frame", "kB", {
        "pipeline": through_pipeline, "recorder": through_recorder}, less_is_better=True,
        per_process="kB per frame")
