"""What silx and h5web show at first of a file: check_viewers.py FILE SHAPE KIND SCALE [X Y].

KIND is colour or image, SCALE is linear or log, X and Y name axes. silx is asked itself; whether
it draws in colour only since its version 3.0, which knows NeXus's rgb-image. h5web is TypeScript,
so its rules are written down here, out of packages/app/src/vis-packs/nexus.
"""
import json
import sys

import h5py
import silx
import silx.io
from silx.io import nxdata


def ask_silx(path):
    with silx.io.open(path) as file:
        shown = nxdata.get_default(file)
        assert shown is not None and shown.is_valid, "silx finds no default"
        raw = shown.signal.attrs.get("interpretation")
        if raw == "rgb-image" and int(silx.version.split(".")[0]) < 3:
            assert shown.signal.shape[-1] == 3, shown.signal.shape
            return shown.signal.shape, "colour", "linear", []
        # silx.gui.data.DataViews._NXdataImageView and _NXdataComplexImageView
        assert shown.is_image, f"silx: no image but interpretation {shown.interpretation}"
        kind = "colour" if shown.interpretation == "rgb-image" else "image"
        scale = "linear" if kind == "colour" else shown.plot_style.signal_scale_type
        return shown.signal.shape, kind, scale, [name for name in shown.axes_names if name]


def ask_h5web_rules(path):
    with h5py.File(path) as file:
        node = file
        while node.attrs.get("NX_class") != "NXdata":
            node = node[node.attrs["default"]]
        signal = node[node.attrs["signal"]]
        texts = {name: value for name, value in signal.attrs.items() if isinstance(value, str)}
        colour = (
            signal.ndim >= 3 and signal.shape[-1] in (3, 4) and signal.dtype.kind in "uif"
            and texts.get("interpretation") == "rgb-image" and texts.get("CLASS") == "IMAGE")
        assert colour or texts.get("interpretation") == "image", dict(signal.attrs)
        assert signal.ndim >= 2
        style = json.loads(node.attrs.get("SILX_style", "{}"))
        axes = [node[name].attrs.get("long_name", name) for name in node.attrs.get("axes", [])]
        scale = "linear" if colour else style.get("signal_scale_type")
        return signal.shape, "colour" if colour else "image", scale, axes


def main():
    path, shape, kind, scale, *axes = sys.argv[1:]
    expected = tuple(int(n) for n in shape.split("x")), kind, scale, axes
    for who, ask in (("silx", ask_silx), ("h5web", ask_h5web_rules)):
        got = ask(path)
        assert got == expected, f"{who}: expected {expected}, found {got}"
    print(path, *expected)


if __name__ == "__main__":
    main()
