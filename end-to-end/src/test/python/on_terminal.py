"""Programs on a terminal of their own, 80 columns wide, and Ctrl-C as a person presses it."""
import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import termios
import threading
import time

COLUMNS = 80
PATIENCE_S = 60
# Whoever is not done in two seconds says so, which fails too; the rest is for a busy machine.
LIMIT_S = 5
SIGINT_BIT = 1 << (signal.SIGINT - 1)


class OnTerminal:
    """One program; what it shows is collected by a thread."""

    def __init__(self, name, *command):
        self.name = name
        self.shown = b""
        self.lock = threading.Lock()
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
            # In the background of a shell Ctrl-C is ignored, and children inherit that.
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            os.execvp(command[0], command)
        self.reader = threading.Thread(target=self.read)
        self.reader.start()

    def read(self):
        try:
            while data := os.read(self.terminal, 65536):
                with self.lock:
                    self.shown += data
        except OSError:
            pass  # so Linux says that the program is gone

    def text(self):
        with self.lock:
            return self.shown.decode()

    def wait_for(self, pattern):
        deadline = time.monotonic() + PATIENCE_S
        while not re.search(pattern, self.text()):
            alive = self.reader.is_alive()
            assert alive and time.monotonic() < deadline, (
                f"{self.name} did not show {pattern}:\n{self.text()}")
            time.sleep(0.005)

    def proc(self, file):
        with open(f"/proc/{self.pid}/{file}") as opened:
            return opened.read()

    def rings(self):
        """The ring files that it has mapped."""
        return set(re.findall(r"/\S+/frameline-\S+\.ring", self.proc("maps")))

    def press_ctrl_c(self):
        """Ends it; its exit code, negative for a signal that killed it."""
        assert "java" in self.proc("comm"), "the launchers left a shell behind"
        caught = int(re.search(r"SigCgt:\s+(\w+)", self.proc("status")).group(1), 16)
        assert caught & SIGINT_BIT, f"{self.name} does not catch Ctrl-C"
        os.write(self.terminal, b"\x03")
        deadline = time.monotonic() + LIMIT_S
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                break
            assert time.monotonic() < deadline, f"{self.name} goes on:\n{self.text()}"
            time.sleep(0.005)
        self.reader.join()
        os.close(self.terminal)
        text = self.text()
        assert "not everything closed" not in text and "Exception" not in text, text
        return os.waitstatus_to_exitcode(status)

    def screen(self):
        """What a terminal makes of what was shown: tmux's lines, wrapped ones put together."""
        server = f"frameline-screen-{self.pid}"
        with open(self.name + ".shown", "wb") as file:
            file.write(self.shown + b"\r\nEND OF SCREEN\r\n")
        subprocess.run(
            ["tmux", "-L", server, "-f", "/dev/null", "new-session", "-d",
             "-x", str(COLUMNS), "-y", "24", f"cat {self.name}.shown; sleep {PATIENCE_S}"],
            check=True)
        try:
            deadline = time.monotonic() + PATIENCE_S
            while True:
                lines = subprocess.run(
                    ["tmux", "-L", server, "capture-pane", "-p", "-J", "-S", "-"],
                    stdout=subprocess.PIPE, check=True, text=True).stdout.splitlines()
                if any(line.startswith("END OF SCREEN") for line in lines):
                    return [line.rstrip() for line in lines]
                assert time.monotonic() < deadline, lines
                time.sleep(0.02)
        finally:
            subprocess.run(["tmux", "-L", server, "kill-server"], check=False)

    def check_screen(self, task):
        """One bar is left, on a line of its own, and nothing of it in other lines."""
        lines = self.screen()
        bars = [line for line in lines if re.search(r"\] +\d+/(\d+|\?)", line)]
        assert len(bars) == 1, (self.name, lines)
        assert re.match(rf"{task} +(\d+|\?) ?% \[", bars[0]), (self.name, bars)
        assert len(bars[0]) < COLUMNS, (self.name, bars)
        assert all("^C" not in line for line in lines), (self.name, lines)

    def kill(self):
        """What still runs after a failure; its exit code is nobody's business."""
        if self.reader.is_alive():
            os.kill(self.pid, signal.SIGKILL)


def bar(task):
    """A bar up to the count of frames behind its brackets."""
    return rf"{task} +(\d+|\?) ?% \[[^\]]*\] +(\d+)/"
