"""Says of each damage to a recording what plain h5py makes of it.

usage: judge_damage.py FILE DAMAGES
A line of DAMAGES is one damage: POSITION:MASK for each byte that is changed. Each is done and
undone. Prints a line for each: "same"; "text" when only texts or attributes have changed; "changed"
when pixels, frame numbers, times, missing rows or outages have; "fails" when they cannot be read.
"""
import hashlib
import os
import signal
import sys

import h5py

NUMBERS = (
    "instrument/detector/data",
    "instrument/detector/frame_number",
    "instrument/detector/timestamp_ns",
    "missing",
    "outages",
)


def read(path):
    """Digests of the numbers, and of the rest."""
    numbers, rest = hashlib.sha256(), hashlib.sha256()
    with h5py.File(path, "r") as file:
        for entry in sorted(file):
            for name in NUMBERS:
                if name in file[entry]:
                    values = file[entry][name][()]
                    numbers.update(repr((entry, name, values.shape, values.dtype)).encode())
                    numbers.update(values.tobytes())

        def look(name, thing):
            rest.update(repr((name, [(k, str(thing.attrs[k])) for k in thing.attrs])).encode())
            if isinstance(thing, h5py.Dataset) and thing.shape == ():
                rest.update(repr(thing[()]).encode())

        look("/", file)
        file.visititems(look)
    return numbers.hexdigest(), rest.hexdigest()


def flip(path, damage):
    with open(path, "r+b") as file:
        for position, mask in damage:
            file.seek(position)
            byte = file.read(1)[0]
            file.seek(position)
            file.write(bytes([byte ^ mask]))


def verdict(path, sound):
    try:
        now = read(path)
    except Exception as error:
        return f"fails {type(error).__name__}: {error}".splitlines()[0]
    return "same" if now == sound else "text" if now[0] == sound[0] else "changed"


def apart(path, sound):
    """In a process of its own, which a damaged file may crash or keep busy."""
    out, into = os.pipe()
    child = os.fork()
    if child == 0:
        signal.alarm(20)
        os.write(into, verdict(path, sound).encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return said or f"fails with status {status}"


path, damages = sys.argv[1:]
whole = read(path)
for line in open(damages, encoding="ascii"):
    damage = [tuple(map(int, item.split(":"))) for item in line.split()]
    flip(path, damage)
    print(apart(path, whole), flush=True)
    flip(path, damage)
assert read(path) == whole
