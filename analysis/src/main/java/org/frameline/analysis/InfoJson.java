package org.frameline.analysis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.frameline.recording.check.RecordingInfo.Entry;
import org.frameline.recording.check.RecordingInfo.Gap;
import org.frameline.recording.check.RecordingInfo.Replay;

/** What a file holds, for programs. Without state. */
final class InfoJson {
  private InfoJson() {}

  static Map<String, Object> of(FileFacts facts) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", facts.file().toString());
    if (facts instanceof FileFacts.Recording recording) {
      json.put("bytes", recording.info().bytes());
      json.put("state", recording.info().state().words());
      json.put("entries", recording.info().entries().stream().map(InfoJson::entry).toList());
    } else if (facts instanceof FileFacts.Stack stack) {
      json.put("bytes", stack.bytes());
      json.put("dataset", stack.dataset());
      json.put("frames", stack.frames());
      json.put("shape", stack.frameShape());
      json.put("type", stack.type());
      json.put("compression", stack.filters());
      json.put("stored_bytes", stack.storedBytes());
      json.put("image_bytes", stack.frames() * stack.frameBytes());
    }
    return json;
  }

  private static Map<String, Object> entry(Entry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("entry", entry.name());
    json.put("title", entry.title());
    json.put("camera", entry.camera());
    json.put("shape", entry.frameShape());
    json.put("type", entry.type().wireName());
    entry.pixelFormat().ifPresent(format -> json.put("pixel_format", format));
    json.put("frames", entry.rows().frames());
    json.put("first_frame", entry.rows().firstFrame());
    json.put("last_frame", entry.rows().lastFrame());
    json.put("first_timestamp_ns", entry.rows().firstNs());
    json.put("last_timestamp_ns", entry.rows().lastNs());
    put(json, "frames_per_second_asked", entry.askedRate());
    put(json, "frames_per_second", entry.rows().measuredRate());
    json.put("start_time", entry.start().toString());
    json.put("end_time", entry.end().toString());
    json.put("missing", entry.rows().missingFrames());
    json.put("missing_runs", gaps(entry.rows().missing()));
    json.put("outages", entry.rows().outages());
    json.put("late", entry.rows().unwanted().late());
    json.put("strange", entry.rows().unwanted().strange());
    json.put("compression", entry.compression().name().toLowerCase(Locale.ROOT));
    json.put("checksum", entry.checksum().optionName());
    json.put("stored_bytes", entry.storedBytes());
    put(json, "compression_ratio", entry.compressionRatio());
    json.put("closed", entry.closed());
    entry.replay().ifPresent(replay -> json.put("replay", replay(replay)));
    return json;
  }

  private static Map<String, Object> replay(Replay replay) {
    Map<String, Object> json = new LinkedHashMap<>();
    replay.stream().ifPresent(stream -> json.put("stream", stream));
    json.put("first_frame", replay.firstFrame());
    json.put("last_frame", replay.lastFrame());
    return json;
  }

  private static void put(Map<String, Object> json, String name, OptionalDouble value) {
    value.ifPresent(number -> json.put(name, number));
  }

  private static List<Map<String, Object>> gaps(List<Gap> gaps) {
    return gaps.stream()
        .map(
            gap -> {
              Map<String, Object> json = new LinkedHashMap<>();
              json.put("first", gap.first());
              json.put("count", gap.count());
              gap.afterNs().ifPresent(ns -> json.put("after_timestamp_ns", ns));
              return json;
            })
        .toList();
  }
}
