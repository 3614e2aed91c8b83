"""Results as JSON, as a table in Markdown, and as curves."""
import importlib.metadata
import importlib.util
import json
import os
import pathlib
import platform
import shutil
import statistics
import subprocess
import time

from . import javas
from .processes import ROOT, Failure

BEGIN, END = "<!-- table -->", "<!-- end of the table -->"


def about(other_java=None):
    """What one has to know of a measurement: machine, software, commit, load at its begin."""
    import h5py
    import numpy
    import scipy
    import zmq

    def git(*arguments):
        if not shutil.which("git"):
            return ""
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True)
        return done.stdout.strip() if done.returncode == 0 else ""

    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo")
                if line.startswith("model name")), platform.machine())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    fftw = importlib.util.find_spec("pyfftw")
    return {
        "machine": f"{len(os.sched_getaffinity(0))} cores of {cpu}, {memory:.0f} GiB, "
                   f"Linux {platform.release()}",
        "java": javas.version(),
        "other_java": other_java.name if other_java else None,
        "python": f"{platform.python_version()}, numpy {numpy.__version__}, scipy "
                  f"{scipy.__version__}, pyzmq {zmq.__version__} with libzmq {zmq.zmq_version()}, "
                  f"h5py {h5py.__version__} with HDF5 {h5py.version.hdf5_version}, "
                  + (f"pyfftw {importlib.metadata.version('pyfftw')}" if fftw else "no pyfftw"),
        "commit": (git("rev-parse", "--short", "HEAD") or "unknown") + changed,
        "date": time.strftime("%Y-%m-%d"),
        "load": round(os.getloadavg()[0], 1),
    }


def result(row, plan, runs, header):
    """A row as it is stored; runs: Figures by contender."""
    return {
        "title": row.title, "unit": row.unit, "less_is_better": row.less_is_better,
        "per_process": row.per_process, "rounds": plan.rounds, "warm_up": plan.warm_up,
        "about": header, "contenders": {
            name: {"values": [f.value for f in figures],
                   "cpu": medians(figures, "cpu"), "more": medians(figures, "more"),
                   "curve": figures[-1].curve}
            for name, figures in runs.items()}}


def medians(figures, kind):
    names = list(dict.fromkeys(name for f in figures for name in getattr(f, kind)))
    return {name: statistics.median(getattr(f, kind)[name] for f in figures
                                    if name in getattr(f, kind)) for name in names}


def ratios(row):
    """How many times better each contender is than the first peer, and than the best one.

    Empty where there is no peer.
    """
    middle = {name: statistics.median(c["values"]) for name, c in row["contenders"].items()}
    peers = [value for name, value in middle.items() if name.startswith("peer")]
    if not peers:
        return {}
    if row["less_is_better"]:
        return {name: (peers[0] / value, min(peers) / value) for name, value in middle.items()}
    return {name: (value / peers[0], value / max(peers)) for name, value in middle.items()}


def number(value):
    """Three digits, without an exponent."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f}"


def row_lines(row):
    beside = ratios(row)
    for index, (name, contender) in enumerate(row["contenders"].items()):
        values = contender["values"]
        first, best = (f"{ratio:.2f}" for ratio in beside[name]) if beside else ("", "")
        cpu = contender["cpu"] if row["per_process"].startswith("CPU, ms") else {}
        yield (f"| {row['title'] if index == 0 else ''} | {name} | "
               f"{number(statistics.median(values))} {row['unit']} | "
               f"{number(min(values))} to {number(max(values))} | {first} | {best} | "
               f"{number(sum(cpu.values())) if cpu else ''} |")


def headers(rows):
    """What was measured with what, each said once."""
    said = {}
    for row in rows.values():
        of = row["about"]
        key = (of["machine"], of["java"], of["other_java"], of["python"], of["commit"], of["date"])
        said.setdefault(key, []).append((of["load"], row["rounds"], row["warm_up"]))
    for (machine, java, other, python, commit, date), runs in said.items():
        loads, rounds, warm = zip(*runs)
        also = f" and {other}" if other else ""
        yield (f"{date}, commit {commit}: {machine}; Java {java}{also}; Python {python}. "
               f"Rounds in turns: {span(rounds)}; steady state from frame {span(warm)} on; load "
               f"average before each row {min(loads)} to {max(loads)}.")


def span(values):
    return str(min(values)) if min(values) == max(values) else f"{min(values)} to {max(values)}"


def per_process(rows):
    """A list, one line per contender, of what each process took."""
    for row in rows.values():
        for name, contender in row["contenders"].items():
            parts = contender["cpu"]
            if len(parts) > 1:
                yield (f"| {row['title']} | {name} | {row['per_process']} | "
                       + ", ".join(f"{n} {number(v)}" for n, v in parts.items()) + " |")


def further(rows):
    for row in rows.values():
        for name, contender in row["contenders"].items():
            if contender["more"]:
                yield (f"| {row['title']} | {name} | "
                       + "; ".join(f"{n}: {number(v)}" for n, v in contender["more"].items())
                       + " |")


def markdown(rows):
    """Everything that was measured, as tables; nothing where nothing was."""
    if not rows:
        return ""
    lines = [*headers(rows), "",
             "| what | who | median | least to most | times the peer | times the best peer | "
             "CPU, ms per frame |", "|---" * 7 + "|"]
    for row in rows.values():
        lines += row_lines(row)
    for title, columns, found in (
            ("By process:", "| what | who | figure | by process |", list(per_process(rows))),
            ("Further figures, medians:", "| what | who | figures |", list(further(rows)))):
        if found:
            lines += ["", title, "", columns, "|---" * (columns.count("|") - 1) + "|", *found]
    return "\n".join(lines) + "\n"


def load(path):
    """The rows of an earlier run; none where the file is not there."""
    if not path or not path.exists():
        return {}
    try:
        return json.loads(path.read_text())["rows"]
    except (ValueError, KeyError, TypeError):
        raise Failure(f"expected results of benchmarks/table.py in {path}") from None


def store(path, rows):
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps({"rows": rows}, indent=1) + "\n")
    part.replace(path)


def around(path):
    """What is before and behind the marks of a document."""
    try:
        before, rest = path.read_text().split(BEGIN)
        _, after = rest.split(END)
    except (OSError, ValueError):
        raise Failure(f"expected {path} with {BEGIN} and {END}, each once") from None
    return before, after


def update(path, text):
    """Puts the tables between the marks of a document."""
    before, after = around(path)
    path.write_text(f"{before}{BEGIN}\n{text}{END}{after}")


def check_writable(path):
    if not path.absolute().parent.is_dir():
        raise Failure(f"expected a folder {path.absolute().parent}, found none")
    if path.is_dir():
        raise Failure(f"expected a file, found the folder {path}")


