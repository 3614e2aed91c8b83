package org.frameline.publisher.source;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_free_list_devices;
import static org.bytedeco.ffmpeg.global.avdevice.avdevice_list_input_sources;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfo;
import org.bytedeco.ffmpeg.avdevice.AVDeviceInfoList;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** Cameras as one of FFmpeg's capture interfaces lists them. No state. */
final class FfmpegDevices {

  private FfmpegDevices() {}

  /** Cameras in FFmpeg's order, numbered from 0; microphones are left out. */
  static List<Camera> list(String inputFormat) throws IOException {
    try {
      FfmpegLibrary.loadDevices();
    } catch (SourceException e) {
      throw new IOException(e.getMessage(), e);
    }
    AVInputFormat format = av_find_input_format(inputFormat);
    if (format == null) {
      throw new IOException("this FFmpeg has no " + inputFormat);
    }
    AVDeviceInfoList devices = new AVDeviceInfoList((Pointer) null);
    int count =
        avdevice_list_input_sources(format, (BytePointer) null, (AVDictionary) null, devices);
    if (count < 0) {
      throw new IOException(inputFormat + " lists no devices: " + MediaErrors.text(count));
    }
    List<Camera> cameras = new ArrayList<>();
    try {
      for (int i = 0; i < devices.nb_devices(); i++) {
        AVDeviceInfo device = devices.devices(i);
        if (deliversVideo(device)) {
          cameras.add(
              new Camera(
                  WebcamSpec.label(cameras.size()),
                  device.device_description().getString(),
                  device.device_name().getString()));
        }
      }
    } finally {
      avdevice_free_list_devices(devices);
    }
    return cameras;
  }

  private static boolean deliversVideo(AVDeviceInfo device) {
    for (int i = 0; i < device.nb_media_types(); i++) {
      if (device.media_types().get(i) == AVMEDIA_TYPE_VIDEO) {
        return true;
      }
    }
    // Some interfaces do not say what their devices deliver.
    return device.nb_media_types() == 0;
  }
}
