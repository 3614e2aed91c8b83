"""Opens a recording again and again while it grows: FILE TIMES. Each time more frames are there."""
import os
import sys
import time

import h5py

path, times = sys.argv[1], int(sys.argv[2])
deadline = time.monotonic() + 60
seen = []
while len(seen) < times:
    assert time.monotonic() < deadline, f"only saw {seen}"
    if os.path.exists(path) and os.path.getsize(path) >= 48:
        with h5py.File(path, "r") as file:
            count = len(file["entry/data/frame_number"])
            if count > (seen[-1] if seen else 0):
                assert file["entry/data/data"][count - 1].std() > 10
                seen.append(count)
    time.sleep(0.02)
print(f"saw {seen} frames")
