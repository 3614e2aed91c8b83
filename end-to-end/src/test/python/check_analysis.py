"""Runs the Python programs of docs/analysis.md on recordings and checks what they find.

check_analysis.py DOCUMENT TITLE...: the programs under these headings, in this folder, where
recording.h5 holds what WrittenRecording writes. The answers are computed here, without HDF5.
check_analysis.py DOCUMENT lists the titles that have programs.
"""
import contextlib
import io
import os
import re
import sys

import numpy as np

NUMBERS = np.r_[0:12, 15:30]


def programs(document):
    """Programs by heading; a heading with several has them numbered from 2 on."""
    found, title = {}, None
    with open(document, encoding="utf-8") as lines:
        text = lines.read()
    for match in re.finditer(r"(?m)^(#+) (.+)$|^```python\n((?s:.*?))^```", text):
        heading, program = match.group(2), match.group(3)
        if program is None:
            title = heading
        else:
            count = sum(name.split(" / ")[0] == title for name in found)
            found[title if count == 0 else f"{title} / {count + 1}"] = program
    return found


def frames_of(shape, dtype):
    """What WrittenRecording.stack writes."""
    pixel = np.arange(np.prod(shape[1:])) % 97
    values = pixel[None] + NUMBERS[:, None] + 90 * (NUMBERS[:, None] >= 20)
    scale = 257 if dtype == np.uint16 else 1
    return (values * scale).astype(dtype).reshape(len(NUMBERS), *shape[1:])


def times_of():
    return 1763670000000000000 + NUMBERS * 20000000 + NUMBERS % 3 * 1000000


def check_entries(got, frames, printed):
    assert got["entries"] == ["entry"]
    assert str(frames.shape) in printed and f" {frames.dtype} " in printed, printed
    assert "ended in order: True" in printed and "source recipes" in printed, printed


def check_frames(got, frames, printed):
    for name, expected in (("last", frames[-1]), ("some", frames[5:15]),
                           ("every_tenth", frames[::10]), ("corner", frames[:, :16, :24])):
        assert got[name].dtype == frames.dtype
        np.testing.assert_array_equal(got[name], expected, name)


def check_mean(got, frames, printed):
    assert got["largest"].dtype == frames.dtype
    np.testing.assert_allclose(got["mean"], frames.mean(0), rtol=1e-12)
    np.testing.assert_array_equal(got["largest"], frames.max(0))


def check_number(got, frames, printed):
    assert got["row"] == 14 and f"mean {frames[14].mean()}" in printed, printed


def check_times(got, frames, printed):
    np.testing.assert_array_equal(got["times"], times_of().astype("datetime64[ns]"))
    assert "first frame at 2025-11-20T20:20:00.000000000 UTC" in printed, printed
    # Between neighbours 21, 21 or 18 ms, as the remainders of 3 have it.
    assert "interval: 21.0 ms, longest 21.0" in printed, printed
    assert "3 frames missing from 12, between 2025-11-20T20:20:00.222" in printed, printed
    assert "and 2025-11-20T20:20:00.300" in printed, printed


def check_growing(got, frames, printed):
    assert got["seen"] == len(frames) and got["closed"] is True
    assert printed.count("row ") == len(frames)


def check_map(got, frames, printed):
    np.testing.assert_array_equal(np.concatenate(got["chunks"]), frames)
    assert all(isinstance(chunk, np.memmap) for chunk in got["chunks"])
    assert len(got["chunks"]) > 3 and len(got["chunks"][-1]) < got["step"], "not what it is about"
    starts = np.array([chunk.__array_interface__["data"][0] for chunk in got["chunks"]])
    assert len(set(np.diff(starts))) > 1, "all at one distance: the document says they are not"
    np.testing.assert_array_equal(got["frame"], frames[9])


def check_dask(got, frames, printed):
    assert got["stack"].numblocks[0] > 0 and got["mean"].shape == frames.shape[1:]
    np.testing.assert_allclose(got["mean"], frames.mean(0), rtol=1e-12)
    np.testing.assert_allclose(got["brightness"], frames.reshape(len(frames), -1).mean(1))


def check_opencv(got, frames, printed):
    import cv2
    assert "the largest change is in frame 20" in printed, printed
    picture = cv2.imread("change.png", cv2.IMREAD_UNCHANGED)
    assert picture.dtype == frames.dtype
    shown = picture[..., ::-1] if frames.ndim == 4 else picture
    np.testing.assert_array_equal(shown, frames[list(NUMBERS).index(20)])


def check_blosc(got, frames, printed):
    import h5py
    with h5py.File("blosc.h5") as file, h5py.File("recording.h5") as original:
        data = file["entry/data/data"]
        assert data.id.get_create_plist().get_filter(0)[0] == 32001
        assert data == file["entry/instrument/detector/data"]
        assert dict(data.attrs) == dict(original["entry/data/data"].attrs)
        np.testing.assert_array_equal(data[:], frames)
        for name in ("data/frame_number", "data/timestamp_ns", "missing", "title"):
            assert np.array_equal(file["entry"][name][()], original["entry"][name][()]), name
        assert file["entry"].attrs["closed"] and file.attrs["default"] == "entry"
    size, original = os.path.getsize("blosc.h5"), frames.nbytes
    assert size < original / 2, (size, original)


def check_spectrum(got, frames, printed):
    # WrittenRecording.fringes: 10 waves along a row of 96, 6 down a column of 64, brighter with each frame.
    assert got["power"].shape == (64, 49)
    assert np.isclose(got["fx"][got["column"]], 10 / 96), got["fx"][got["column"]]
    assert np.isclose(got["fy"][got["row"]], 6 / 64), got["fy"][got["row"]]
    frequency = np.hypot(10 / 96, 6 / 64)
    assert abs(got["peaks"]["frequency"][0] - frequency) < 1e-4, got["peaks"]
    angle = np.degrees(np.arctan2(6 / 64, 10 / 96))
    assert abs(got["peaks"]["angle"][0] - angle) < 0.1, got["peaks"]
    ring = got["rings"][np.nanargmax(got["radial"])]
    assert abs(ring - frequency) <= 1 / 96, ring
    assert "frame with the most power: 29" in printed, printed
    assert "recording.h5 frames 0 to 29" in printed, printed


CHECKS = {
    "What is in it": check_entries,
    "Frames": check_frames,
    "Frames / 2": check_mean,
    "Frames by number": check_number,
    "Times and missing frames": check_times,
    "A file that is still growing": check_growing,
    "Memory map": check_map,
    "dask": check_dask,
    "OpenCV": check_opencv,
    "Another compression": check_blosc,
    "Results of frameline spectrum": check_spectrum,
}


def run(program, title):
    names, output = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(output):
        exec(compile(program, title, "exec"), names)  # a program of our own document
    return names, output.getvalue()


def main():
    found = programs(sys.argv[1])
    if len(sys.argv) == 2:
        print("\n".join(found))
        assert list(found) == list(CHECKS), f"expected {list(CHECKS)}, found {list(found)}"
        return
    import h5py
    with h5py.File("recording.h5") as file:
        data = file["entry/data/data"]
        shape, dtype = data.shape, data.dtype
    expected = frames_of(shape, dtype) if shape[0] == len(NUMBERS) else None
    for title in sys.argv[2:]:
        got, printed = run(found[title], title)
        print(printed)
        CHECKS[title](got, expected, printed)


if __name__ == "__main__":
    main()
