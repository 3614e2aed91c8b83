package org.frameline.recording.output;

import java.io.IOException;
import java.util.List;
import org.frameline.protocol.FrameHeader;
import org.frameline.recording.RecordingOptions;

/** Recordings in HDF5, docs/recording-format.md. Immutable. */
final class Hdf5Kind implements OutputKind {
  @Override
  public List<String> endings() {
    return List.of(".h5", ".hdf5");
  }

  @Override
  public void require(RecordingOptions options) {
    // It has all of them.
  }

  @Override
  public FrameOutput open(
      RecordingOptions options, EntryContent content, String version, FrameHeader first)
      throws IOException {
    return new Hdf5Output(options, content, version, first);
  }
}
