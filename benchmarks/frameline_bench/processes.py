"""Processes of one measurement: started, watched, and gone afterwards with all that they left.

Linux only, since CPU time comes from /proc.
"""
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FRAMELINE = str(ROOT / "scripts" / "frameline")
DISTRIBUTION = ROOT / "cli" / "target" / "frameline"
BENCHMARKS = ROOT / "benchmarks"
# How long anything may take that is expected to happen.
PATIENCE_S = 600
# How long a process may take to end after SIGTERM before it is killed.
TO_END_S = 10
POLL_S = 0.02
TICKS = os.sysconf("SC_CLK_TCK")


class Failure(Exception):
    """A measurement that cannot go on; its text is one line for people."""


def endpoints(count):
    """Endpoints on ports that the system chose."""
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    names = [f"tcp://127.0.0.1:{s.getsockname()[1]}" for s in held]
    for s in held:
        s.close()
    return names


def cpu_seconds(pid):
    """CPU time of a running process, its threads together."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def until(condition, what, check=lambda: None, patience_s=PATIENCE_S):
    """Waits until a condition gives something, and returns that; check may fail meanwhile."""
    deadline = time.monotonic() + patience_s
    while time.monotonic() < deadline:
        if (found := condition()) is not None:
            return found
        check()
        time.sleep(POLL_S)
    raise Failure(f"expected {what} within {patience_s:.0f} s")


def rings_of(pid):
    """Rings in shared memory that a process has open or mapped."""
    found = set()
    try:
        for line in pathlib.Path(f"/proc/{pid}/maps").read_text().splitlines():
            found.add(line.split(maxsplit=5)[-1])
        for number in os.listdir(f"/proc/{pid}/fd"):
            found.add(os.readlink(f"/proc/{pid}/fd/{number}"))
    except OSError:
        pass
    return {name for name in found if "/frameline-" in name and name.endswith(".ring")}


class Group:
    """The processes of one run, in a directory of their own, which is removed with them.

    Each writes to NAME.out and NAME.log there. A `with` block ends them all.
    """

    def __init__(self, frameline=None, environment=None):
        self.program = frameline or FRAMELINE
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="frameline-bench-"))
        self.environment = {**os.environ, **(environment or {}),
                            "FRAMELINE_RUNTIME_DIR": str(self.directory / "running")}
        self.processes = {}
        self.usage = {}
        self.started = None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def start(self, name, command):
        """Starts a process in a session of its own, so that Ctrl-C comes to us alone."""
        if self.started is None:
            self.started = time.monotonic()
        with open(self.directory / f"{name}.out", "wb") as out, \
                open(self.directory / f"{name}.log", "wb") as log:
            self.processes[name] = subprocess.Popen(
                [str(word) for word in command], cwd=self.directory, env=self.environment,
                stdin=subprocess.DEVNULL, stdout=out, stderr=log, start_new_session=True)

    def frameline(self, name, *arguments):
        self.start(name, [self.program, *arguments])

    def python(self, name, script, *arguments):
        self.start(name, [sys.executable, BENCHMARKS / script, *arguments])

    def pids(self):
        return {name: process.pid for name, process in self.processes.items()}

    def cpu(self):
        """CPU seconds so far, by process."""
        self.check()
        try:
            return {name: cpu_seconds(process.pid) for name, process in self.processes.items()}
        except OSError as e:
            raise Failure(f"a process has ended while it was measured: {e}") from None

    def exit_code(self, name):
        """None while the process runs; keeps its CPU seconds when it has ended."""
        process = self.processes[name]
        if process.returncode is None:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                process.returncode = os.waitstatus_to_exitcode(status)
                self.usage[name] = usage.ru_utime + usage.ru_stime
        return process.returncode

    def check(self, may_end=(), despite=None):
        """Fails when a process has ended: any, unless it may, and then not with an error.

        despite: one that may end in any way.
        """
        for name in self.processes:
            code = self.exit_code(name)
            if code is not None and name != despite and (code != 0 or name not in may_end):
                raise Failure(f"{name} ended with {code}: {self.last_words(name)}")

    def last_words(self, name):
        lines = (self.directory / f"{name}.log").read_text(errors="replace").split("\n")
        said = [line.strip() for line in lines if line.strip()]
        # Java says first what happened, all others last.
        thrown = [line for line in said if line.startswith("Exception in thread")]
        return (thrown[:1] or said[-1:] or ["without a word"])[0]

    def finish(self, *names, despite=None, patience_s=PATIENCE_S):
        """Waits until these have ended without error; the others must go on or do so too.

        despite: one that may end in any way. Returns when the last was seen to have ended.
        """
        until(lambda: all(self.exit_code(n) is not None for n in names) or None,
              f"the end of {', '.join(names)}", lambda: self.check(self.processes, despite),
              patience_s)
        ended = time.monotonic()
        self.check(self.processes, despite)
        return ended

    def run(self, command, name="run", patience_s=PATIENCE_S):
        """Runs a command to its end; seconds, and CPU seconds."""
        begun = time.monotonic()
        self.start(name, command)
        return self.finish(name, patience_s=patience_s) - begun, self.usage[name]

    def report(self, name, frames=None):
        """The report of a process that has ended, which must have all frames, or so many."""
        report = json.loads((self.directory / f"{name}.json").read_text())
        found, missing = report["frames"], report["missing"]
        if missing or frames not in (None, found):
            raise Failure(f"{name}: expected {frames or 'all'} frames, found {found}, and "
                          f"{missing} missing")
        return report

    def output(self, name):
        return (self.directory / f"{name}.out").read_text()

    def ours(self):
        """Numbers of our processes and of those that they started, by their environment."""
        mark = f"FRAMELINE_RUNTIME_DIR={self.environment['FRAMELINE_RUNTIME_DIR']}".encode()
        found = []
        for folder in pathlib.Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except OSError:
                pass
        return found

    def close(self):
        """Ends everything, first politely; who says Ctrl-C again meanwhile is not heard."""
        heard = {n: signal.signal(n, signal.SIG_IGN) for n in (signal.SIGINT, signal.SIGTERM)}
        try:
            rings = set().union(*map(rings_of, self.ours()))
            running = [n for n in self.processes if self.exit_code(n) is None]
            for name in running:
                self.processes[name].terminate()
                self.processes[name].send_signal(signal.SIGCONT)
            deadline = time.monotonic() + TO_END_S
            while time.monotonic() < deadline and any(self.exit_code(n) is None for n in running):
                time.sleep(POLL_S)
            for pid in self.ours():
                try:
                    os.kill(pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
            for name in running:
                if self.exit_code(name) is None:
                    self.processes[name].wait()
            for ring in rings:
                pathlib.Path(ring).unlink(missing_ok=True)
            shutil.rmtree(self.directory, ignore_errors=True)
        finally:
            for number, handler in heard.items():
                signal.signal(number, handler)
