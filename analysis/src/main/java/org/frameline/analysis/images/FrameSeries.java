package org.frameline.analysis.images;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameShape;
import org.frameline.protocol.Origin;
import org.frameline.protocol.PixelFormat;
import org.frameline.recording.EntryNames;
import org.frameline.recording.check.RecordingInfo;
import org.frameline.recording.images.FrameReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a file in their order, each with a number: one entry of a recording, or a stack
 * that another program has written, whose images are numbered from 0. Memory does not depend on the
 * size of the images. Not thread-safe.
 */
public final class FrameSeries implements Closeable {
  // As much as clocks and rounding make of a rate that was kept.
  private static final double SAME_RATE = 0.02;
  private static final Logger LOG = LoggerFactory.getLogger(FrameSeries.class);

  private final Path file;
  private final FrameReader frames;
  private final long[] numbers;
  private final long[] timestampsNs;
  private final OptionalDouble rate;
  private final long endNumber;

  private FrameSeries(Path file, FrameReader frames, OptionalDouble rate, OptionalLong endNumber)
      throws IOException {
    this.file = file;
    this.frames = frames;
    this.rate = rate;
    numbers = new long[Math.toIntExact(frames.frames())];
    timestampsNs = new long[numbers.length];
    for (int row = 0; row < numbers.length; row++) {
      numbers[row] = frames.frameNumber(row);
      timestampsNs[row] = frames.timestampNs(row).orElse(Origin.UNKNOWN);
    }
    this.endNumber = endNumber.orElse(numbers.length - 1);
  }

  private FrameSeries(FrameSeries of) {
    file = of.file;
    frames = of.frames.another();
    rate = of.rate;
    numbers = of.numbers;
    timestampsNs = of.timestampsNs;
    endNumber = of.endNumber;
  }

  /** The same images for another thread. To be closed by it, and of use until this is closed. */
  public FrameSeries another() {
    return new FrameSeries(this);
  }

  /**
   * Opens the images of a file.
   *
   * @param entry of a recording; empty for the first
   * @param dataset the images in a file of another program; empty for a recording, or for what
   *     {@link FrameReader#ofDataset} finds
   * @throws IOException naming the file, what was expected and what is there
   */
  public static FrameSeries open(Path file, Optional<String> entry, Optional<String> dataset)
      throws IOException {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IOException(file + ": expected a file that can be read, found none");
    }
    try {
      if (dataset.isEmpty() && RecordingInfo.isRecording(file)) {
        return ofRecording(file, entry.orElse(EntryNames.FIRST));
      }
      if (entry.isPresent()) {
        throw new IOException(
            file + ": expected a recording with " + entry.get() + ", found another HDF5 file");
      }
      return of(
          file,
          FrameReader.ofDataset(file, dataset.orElse(null)),
          OptionalDouble.empty(),
          OptionalLong.empty());
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  /** In a damaged file jhdf follows whatever stands there, and throws whatever comes. */
  private static IOException damaged(Path file, RuntimeException e) {
    return new IOException(
        file + ": is damaged (" + e.getMessage() + "); 'frameline verify' tells more", e);
  }

  private static FrameSeries ofRecording(Path file, String name) throws IOException {
    List<RecordingInfo.Entry> entries;
    try {
      entries = RecordingInfo.read(file).entries();
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage() + "; 'frameline verify' tells more", e);
    }
    RecordingInfo.Entry entry =
        entries.stream()
            .filter(one -> one.name().equals(name))
            .findAny()
            .orElseThrow(
                () ->
                    new IOException(
                        file
                            + ": expected an entry "
                            + name
                            + ", found "
                            + entries.stream()
                                .map(RecordingInfo.Entry::name)
                                .collect(Collectors.joining(", "))));
    return of(
        file, FrameReader.open(file, name), rate(entry), OptionalLong.of(entry.rows().endFrame()));
  }

  private static FrameSeries of(
      Path file, FrameReader frames, OptionalDouble rate, OptionalLong endNumber)
      throws IOException {
    try {
      return new FrameSeries(file, frames, rate, endNumber);
    } catch (IOException | RuntimeException e) {
      frames.close();
      throw e;
    }
  }

  /** What was measured; but what was asked for, where it was kept. */
  private static OptionalDouble rate(RecordingInfo.Entry entry) {
    OptionalDouble measured = entry.rows().measuredRate();
    OptionalDouble asked = entry.askedRate();
    boolean kept =
        measured.isPresent()
            && asked.isPresent()
            && Math.abs(measured.getAsDouble() / asked.getAsDouble() - 1) < SAME_RATE;
    return measured.isEmpty() || kept ? asked : measured;
  }

  /** Says so when only a part of the file is there. */
  public void warnWhenCutShort() {
    if (frames.cutShort()) {
      LOG.warn(
          "{} is cut short; these are the {} frames up to the last checkpoint that is whole",
          file,
          frames());
    }
  }

  public Path file() {
    return file;
  }

  /** How many images there are. */
  public int frames() {
    return numbers.length;
  }

  public List<Integer> shape() {
    return frames.frameShape();
  }

  public ElementType type() throws IOException {
    return frames.type();
  }

  /** The pixel format of frames; empty for values of other kinds, and for spectra. */
  public Optional<PixelFormat> pixelFormat() throws IOException {
    if (spectrumOutput().isPresent()) {
      return Optional.empty();
    }
    String name = frames.streamText(FrameHeader.PIXEL_FORMAT).orElse(null);
    ElementType type = type();
    return FrameShape.find(shape()).flatMap(shape -> PixelFormat.of(shape, type, name));
  }

  /** The number of the image in a row; ascends with the row. */
  public long number(int row) {
    return numbers[row];
  }

  /** The highest number that is there, or that a recording lists as missing. */
  public long endNumber() {
    // Who writes the file may have added rows since the lists were read.
    return frames() == 0 ? endNumber : Math.max(endNumber, number(frames() - 1));
  }

  /** When it was grabbed, UTC epoch nanoseconds; empty where nobody knows. */
  public OptionalLong timestampNs(int row) {
    return timestampsNs[row] == Origin.UNKNOWN
        ? OptionalLong.empty()
        : OptionalLong.of(timestampsNs[row]);
  }

  /** Frames/s at which the images were taken; empty where nobody knows. */
  public OptionalDouble rate() {
    return rate;
  }

  /** The values of an image, little-endian, in C order; read-only. */
  public ByteBuffer values(int row) throws IOException {
    try {
      return frames.frame(row);
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  /**
   * As {@link #values(int)}, in memory of the caller where an image need only be read.
   *
   * @param memory for an image at least; what is returned may be this, until it is used again
   */
  public ByteBuffer values(int row, ByteBuffer memory) throws IOException {
    try {
      return frames.frame(row, memory);
    } catch (RuntimeException e) {
      throw damaged(file, e);
    }
  }

  /** Size of an image in bytes. */
  public int imageBytes() throws IOException {
    return shape().stream().reduce(type().bytes(), Math::multiplyExact);
  }

  /** From now on other threads decompress images that are likely to be asked for next. */
  public void readAhead() {
    frames.readAhead();
  }

  /** What our spectra hold: {@code complex}, {@code power}, {@code log-magnitude}; else empty. */
  public Optional<String> spectrumOutput() {
    return frames
        .streamText(FrameHeader.TRANSFORM)
        .flatMap(transform -> frames.streamText(FrameHeader.OUTPUT));
  }

  /** Of our spectra, the width of the frames that they were made of. */
  public OptionalInt spectrumWidth() {
    OptionalLong width = frames.streamNumber(FrameHeader.WIDTH);
    return width.isPresent()
        ? OptionalInt.of(Math.toIntExact(width.getAsLong()))
        : OptionalInt.empty();
  }

  @Override
  public void close() throws IOException {
    frames.close();
  }
}
