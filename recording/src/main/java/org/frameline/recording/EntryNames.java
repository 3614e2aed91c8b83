package org.frameline.recording;

/**
 * Every name in a recording, as docs/recording-format.md has them. Who writes, reads, checks or
 * copies takes them from here. Without state.
 */
public final class EntryNames {
  /** The first entry of a file. */
  public static final String FIRST = "entry";

  /** Of every group: its NeXus class. */
  public static final String NX_CLASS = "NX_class";

  /** Of a group: which of its members to show. */
  public static final String DEFAULT = "default";

  /** Of a file: the program that made it. */
  public static final String CREATOR = "creator";

  /** Of a file: when it was made. */
  public static final String FILE_TIME = "file_time";

  /** Attribute of an entry: its recording was ended in order. */
  public static final String CLOSED = "closed";

  /** Attribute of an entry: frames that came after they had been given up. */
  public static final String LATE = "late";

  /** Attribute of an entry: frames that came although nobody had asked for them. */
  public static final String STRANGE = "strange";

  public static final String TITLE = "title";
  public static final String START_TIME = "start_time";
  public static final String END_TIME = "end_time";
  public static final String PROGRAM_NAME = "program_name";

  /** Attribute of {@link #PROGRAM_NAME}, and member of {@link #PROCESS}. */
  public static final String VERSION = "version";

  /** Group of the constant header fields. */
  public static final String STREAM = "stream";

  /** Rows of frames that are not there: the first, how many. */
  public static final String MISSING = "missing";

  /** Rows of times without a camera: the first frame after, milliseconds. */
  public static final String OUTAGES = "outages";

  /** Group of what made an entry out of others, with program, version, date and parameters. */
  public static final String PROCESS = "process";

  public static final String PROGRAM = "program";
  public static final String DATE = "date";
  public static final String PARAMETERS = "parameters";

  public static final String INSTRUMENT = "instrument";

  /** Group in {@link #INSTRUMENT}, with the frames and what belongs to each. */
  public static final String DETECTOR = "detector";

  public static final String DESCRIPTION = "description";
  public static final String PIXEL_FORMAT = "pixel_format";

  /** The frames; and in an entry the group to plot, which has them too. */
  public static final String DATA = "data";

  /** Attribute of the frames: {@code image} or {@code rgb-image}. */
  public static final String INTERPRETATION = "interpretation";

  public static final String FRAME_NUMBER = "frame_number";
  public static final String TIMESTAMP = "timestamp_ns";

  /** Number that a frame had in a recording which was sent again. */
  public static final String RECORDED_FRAME_NUMBER = "recorded_frame_number";

  /** Time that a frame had in a recording which was sent again. */
  public static final String RECORDED_TIMESTAMP = "recorded_timestamp_ns";

  private EntryNames() {}

  /**
   * The n-th entry of a file: {@code entry}, {@code entry_2}, {@code entry_3} and so on.
   *
   * @param number from 1 on
   */
  public static String entry(int number) {
    return number == 1 ? FIRST : FIRST + "_" + number;
  }

  /** Whether this is the name of an entry of ours. */
  public static boolean isEntry(String name) {
    return name.matches(FIRST + "(_\\d+)?");
  }

  /** Path of the group with the frames of an entry and their rows. */
  public static String detector(String entry) {
    return "/" + entry + "/" + INSTRUMENT + "/" + DETECTOR;
  }
}
