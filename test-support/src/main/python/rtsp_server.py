#!/usr/bin/python3
"""An RTSP camera on loopback that shows a video file over and over, in real time.

    rtsp_server.py FILE [--codec h264|mjpeg] [--port N]

Prints the address, rtsp://127.0.0.1:PORT/camera, on a line of its own once the camera answers.
With port 0, the default, the system chooses a free one. Ends on SIGTERM, SIGINT or when
standard input closes, so that it never outlives the test that started it.

Needs gir1.2-gst-rtsp-server-1.0, python3-gi and the GStreamer plugins good, ugly and libav.
"""

import argparse
import os
import signal
import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

ENCODERS = {
    # A key frame a second, no B-frames: what a surveillance camera sends.
    "h264": "video/x-raw,format=I420"
    " ! x264enc tune=zerolatency speed-preset=ultrafast bitrate=8000 key-int-max=10"
    " ! rtph264pay name=pay0 pt=96 config-interval=1",
    # JPEG is full range (the leading 1 of the colorimetry). By way of RGB, because from I420 to
    # I420 videoconvert leaves the range as it is, and the contrast would come out too low.
    "mjpeg": "video/x-raw,format=RGB ! videoconvert ! video/x-raw,format=I420,colorimetry=1:4:0:0"
    " ! jpegenc quality=90 ! rtpjpegpay name=pay0 pt=26",
}


class Camera(GstRtspServer.RTSPMediaFactory):
    """Makes the pipeline of one client and winds the file back at its end."""

    def __init__(self, path, codec):
        super().__init__()
        self.set_launch(
            f'( filesrc location="{os.path.abspath(path)}" ! decodebin ! videoconvert'
            f" ! {ENCODERS[codec]} )"
        )
        self.set_shared(True)

    def do_configure(self, media):
        pad = media.get_element().get_by_name("pay0").get_static_pad("sink")
        pad.add_probe(Gst.PadProbeType.EVENT_DOWNSTREAM, self.rewind, media)

    @staticmethod
    def rewind(_pad, info, media):
        if info.get_event().type != Gst.EventType.EOS:
            return Gst.PadProbeReturn.OK
        GLib.idle_add(
            lambda: media.get_element().seek_simple(
                Gst.Format.TIME, Gst.SeekFlags.FLUSH | Gst.SeekFlags.KEY_UNIT, 0
            )
            and False
        )
        return Gst.PadProbeReturn.DROP


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file")
    parser.add_argument("--codec", choices=sorted(ENCODERS), default="h264")
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    if not os.path.isfile(arguments.file):
        parser.error(f"no file {arguments.file}")

    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service(str(arguments.port))
    camera = Camera(arguments.file, arguments.codec)
    server.get_mount_points().add_factory("/camera", camera)
    if server.attach(None) == 0:
        sys.exit(f"port {arguments.port} is in use; take another, or 0 for any free one")

    loop = GLib.MainLoop()
    for number in (signal.SIGTERM, signal.SIGINT):
        GLib.unix_signal_add(GLib.PRIORITY_HIGH, number, loop.quit)
    GLib.io_add_watch(sys.stdin.fileno(), GLib.IOCondition.HUP, lambda *_: loop.quit())
    print(f"rtsp://127.0.0.1:{server.get_bound_port()}/camera", flush=True)
    loop.run()


if __name__ == "__main__":
    main()
