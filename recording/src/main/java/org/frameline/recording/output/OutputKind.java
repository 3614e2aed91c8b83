package org.frameline.recording.output;

import java.io.IOException;
import java.util.List;
import org.frameline.protocol.FrameHeader;
import org.frameline.recording.RecordingOptions;

/** A kind of output, chosen by the ending of a file's name. Immutable. */
public interface OutputKind {
  /** Endings of the names that ask for it, in lower case, with their dots. */
  List<String> endings();

  /**
   * That it can do what is asked, before anything is opened.
   *
   * @throws IllegalArgumentException in one line, naming the option that it does not have
   */
  void require(RecordingOptions options);

  /**
   * Creates or continues an output, to which the caller then adds the first frame.
   *
   * @param content what kind of frames they are
   * @param version of the program
   * @param first header of the first frame
   * @throws IOException naming the file and what is wrong
   */
  FrameOutput open(
      RecordingOptions options, EntryContent content, String version, FrameHeader first)
      throws IOException;
}
