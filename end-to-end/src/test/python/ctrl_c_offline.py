"""Ctrl-C on a terminal in every program that works on files, while its bar is there: FRAMELINE RECORDING."""
import os
import re
import sys
import zlib

import h5py
import numpy as np
from on_terminal import OnTerminal, bar

FRAMES, HEIGHT, WIDTH = 40_000, 512, 512

# What each is asked for, the words before its bar, its last line, and what may be left of it.
PROGRAMS = {
    "video": (["export", "stack.h5", "--out", "video.mp4"], "exporting",
              r"stopped after \d+ of \d+ frames; nothing was written", None),
    "pictures": (["export", "stack.h5", "--out", "pictures"], "exporting",
                 r"stopped after \d+ of \d+ frames; their pictures are there", "pictures"),
    "spectrum": (["spectrum", "stack.h5", "--out", "spectrum.h5"], "transforming",
                 r"stopped; nothing was written", None),
    "plot": (["plot", "stack.h5", "--out", "plot.html"],
             "reading", r"stopped; nothing was written", None),
    "copy": (["copy", sys.argv[2], "--compression", "gzip", "--out", "copy.h5"],
             "copying", r"stopped; there is no copy.h5", None)}


def write_stack(path):
    """Dark images almost without end, and without cost: all are the same compressed chunk."""
    dark = zlib.compress(bytes(HEIGHT * WIDTH))
    with h5py.File(path, "w", libver="latest") as file:
        stack = file.create_dataset(
            "stack", (FRAMES, HEIGHT, WIDTH), np.uint8, chunks=(1, HEIGHT, WIDTH),
            compression="gzip")
        for row in range(FRAMES):
            stack.id.write_direct_chunk((row, 0, 0), dark)


def check_pictures(folder):
    """All are whole: the last chunk of a PNG is IEND."""
    names = os.listdir(folder)
    assert names, "no pictures"
    for name in names:
        with open(os.path.join(folder, name), "rb") as file:
            assert file.read()[-8:-4] == b"IEND", name


def press_in(name):
    """One after the other: each takes all cores, and has two seconds to end."""
    command, task, summary, _ = PROGRAMS[name]
    program = OnTerminal(name, sys.argv[1], *command)
    try:
        program.wait_for(bar(task))
        code = program.press_ctrl_c()
    finally:
        program.kill()
    assert code == 1, (name, code, program.text())
    line = re.search(summary, program.text())
    assert line, program.text()
    program.check_screen(task)
    print(f"{name}: exit code {code}, {line.group()}")


write_stack("stack.h5")
before = set(os.listdir("."))
for each in PROGRAMS:
    press_in(each)
check_pictures("pictures")
left = set(os.listdir(".")) - before - {f"{name}.shown" for name in PROGRAMS}
assert left == {left for *_, left in PROGRAMS.values() if left}, left
