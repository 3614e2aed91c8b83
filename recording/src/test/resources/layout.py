with h5py.File(path, "r") as f:
    def attrs(name):
        found = dict(f[name].attrs)
        for key, value in found.items():
            assert not isinstance(value, bytes), (name, key, value)
        return found

    root = attrs("/")
    assert root["NX_class"] == "NXroot" and root["default"] == "entry", root
    assert root["creator"] == "Frameline frameline record 0.1.0", root
    assert root["file_time"].endswith("Z"), root
    assert attrs("entry") == {"NX_class": "NXentry", "default": "data", "closed": True}
    assert sorted(f["entry"]) == ["data", "end_time", "instrument", "missing", "program_name",
                                  "start_time", "stream", "title"]
    text = lambda name: f["entry"][name].asstr()[()]
    assert text("title") == "A title"
    assert text("start_time") == "2026-11-20T21:00:00.500Z", text("start_time")
    assert text("end_time").endswith("Z")
    assert text("program_name") == "frameline record"
    assert attrs("entry/program_name") == {"version": "0.1.0"}
    assert attrs("entry/instrument") == {"NX_class": "NXinstrument"}
    assert attrs("entry/instrument/detector") == {"NX_class": "NXdetector"}
    assert sorted(f["entry/instrument/detector"]) == [
        "data", "description", "frame_number", "pixel_format", "timestamp_ns"]
    assert text("instrument/detector/description") == "synthetic:ramp"
    assert text("instrument/detector/pixel_format") == "RGB8"
    assert attrs("entry/instrument/detector/data") == {
        "interpretation": "rgb-image", "CLASS": "IMAGE"}
    assert attrs("entry/instrument/detector/timestamp_ns") == {"units": "ns", "start": "epoch"}
    assert attrs("entry/data") == {"NX_class": "NXdata", "signal": "data"}
    assert f["entry/missing"].dtype == np.uint64
    assert f["entry/data/data"].maxshape[0] is None
    stream = attrs("entry/stream")
    assert stream.pop("shape").tolist() == [4, 5, 3]
    assert stream == {"NX_class": "NXcollection", "stream": "run-1 ü", "htype": "array-1.0",
                      "worker": 3, "gain": 1.5, "half_spectrum": True, "empty": ""}, stream
    assert isinstance(stream["half_spectrum"], np.bool_)
    print("ok")
