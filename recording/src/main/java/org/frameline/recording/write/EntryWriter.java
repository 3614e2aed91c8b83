package org.frameline.recording.write;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.frameline.protocol.FramePixels;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Outage;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.EntryNames;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.Unwanted;
import org.frameline.recording.hdf5.Attributes;
import org.frameline.recording.hdf5.ChunkIndex;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.hdf5.HeaderMessage;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.hdf5.ObjectHeaders;
import org.frameline.recording.hdf5.OpenChunk;

/** One entry that is being written. Guarded by the writer's lock. */
final class EntryWriter {

  private final String name;
  private final EntryDescription about;
  private final EntryConstants constants;
  private final FrameRows rows;
  private final RowTable missing;
  private final RowTable outages;
  private final ChunkShape shape;
  private final PixelStore pixels;
  private long taken;
  private long missingFrames;
  private long lastNumber = -1;
  private boolean complete;
  private boolean brokenOff;
  private Unwanted unwanted = Unwanted.NONE;
  private Instant ended;

  EntryWriter(String name, FileBody file, EntryDescription about, RecordingOptions options)
      throws IOException {
    this.name = name;
    this.about = about;
    constants = EntryConstants.write(file, about);
    Checksum checksum = options.checksum();
    rows = new FrameRows(file, checksum);
    missing = new RowTable(file, 2, Datatype.UINT64, checksum);
    outages = new RowTable(file, 2, Datatype.UINT64, checksum);
    shape = ChunkShape.of(about, options.compression());
    pixels =
        options.compression() == Compression.NONE
            ? new PlainPixels(file, rows, shape, checksum)
            : new CompressedPixels(file, rows, shape, checksum, options.compressionThreads());
  }

  String name() {
    return name;
  }

  /**
   * Takes a frame with what is missing before it, or nothing of both.
   *
   * @return false when its pixels were overwritten meanwhile
   */
  boolean append(FrameNotes notes, FramePixels frame) throws IOException {
    requireNext(notes.number());
    if (frame.bytes() != about.frameBytes()) {
      throw new IllegalArgumentException(
          "expected "
              + about.frameBytes()
              + " bytes for frame "
              + notes.number()
              + ", found "
              + frame.bytes());
    }
    rows.requireSameKind(notes.origin());
    reserve(notes);
    if (!pixels.append(notes, frame)) {
      return false;
    }
    notes.gap().ifPresent(this::add);
    notes.outage().ifPresent(this::add);
    lastNumber = notes.number();
    taken++;
    return true;
  }

  /** Sees to it that nothing can fail once the pixels are there. */
  private void reserve(FrameNotes notes) throws IOException {
    if (notes.gap().isPresent()) {
      missing.reserveRow();
    }
    if (notes.outage().isPresent()) {
      outages.reserveRow();
    }
  }

  /** Frames in a chunk. */
  int framesPerChunk() {
    return shape.frames();
  }

  /** Takes a whole chunk of compressed frames as it is; see {@link PixelStore#appendChunk}. */
  void appendChunk(DeflatedChunk chunk) throws IOException {
    requireNext(chunk.numbers().get(0));
    rows.requireSameKind(chunk.origins().get(0));
    pixels.appendChunk(chunk);
    lastNumber = chunk.numbers().get(chunk.numbers().size() - 1);
    taken += chunk.numbers().size();
  }

  private void requireNext(long frameNumber) {
    if (frameNumber <= lastNumber) {
      throw new IllegalArgumentException(
          "expected a frame number above " + lastNumber + ", found " + frameNumber);
    }
  }

  void missing(long first, long count) throws IOException {
    if (first < 0 || count < 1) {
      throw new IllegalArgumentException(
          "expected missing frames from 0 up, found " + count + " from " + first);
    }
    missing.reserveRow();
    add(new FrameSet.Run(first, count));
  }

  private void add(FrameSet.Run gap) {
    missing.add(gap.first(), gap.count());
    missingFrames += gap.count();
  }

  void outage(Outage outage) throws IOException {
    outages.reserveRow();
    add(outage);
  }

  private void add(Outage outage) {
    outages.add(outage.frame(), outage.durationMs());
  }

  /** Counts frames that came and are not in the entry. */
  void unwanted(Unwanted more) {
    unwanted = unwanted.plus(more);
  }

  /** Says whether the entry ends in order with what it has now, which {@code @closed} tells. */
  void complete(boolean nothingFollows) {
    complete = nothingFollows;
  }

  /**
   * For an entry that repeats another one.
   *
   * @param when when that one ended
   * @param inOrder whether it was ended in order; if not, neither is this one, even when closed
   */
  void ended(Instant when, boolean inOrder) {
    ended = when;
    brokenOff = !inOrder;
  }

  /** Frames taken, in the file or on their way there. */
  long taken() {
    return taken;
  }

  /** Frames in the file, whatever happens to those on their way. */
  long inFile() {
    return rows.count();
  }

  long missingFrames() {
    return missingFrames;
  }

  /** See {@link PixelStore#flushReady}. */
  void flushReadyPixels() throws IOException {
    pixels.flushReady();
  }

  /** See {@link PixelStore#underWay}. */
  CompletableFuture<Void> underWay() {
    return pixels.underWay();
  }

  /** Brings all frames taken into the file. */
  void flushPixels() throws IOException {
    pixels.flush();
  }

  /** Brings the rows of all frames in the file there too; their space is there already. */
  void flushRows() throws IOException {
    rows.flush();
    missing.flush();
    outages.flush();
  }

  /** Completes the last chunks if the entry is complete; everything was flushed before. */
  void sealIfComplete() throws IOException {
    if (isComplete()) {
      pixels.seal();
      rows.seal();
      missing.seal();
      outages.seal();
    }
  }

  private boolean isComplete() {
    return complete && !brokenOff;
  }

  /** Places the entry as it is in the file, and returns the address of its group. */
  long place(MetadataImage image, Instant now) {
    Instant endTime = ended == null ? now : ended;
    HeaderMessage[] tables = placeTables(image);
    long detector = group(image, constants.detector(), tables);
    long instrument =
        group(image, constants.instrument(), HeaderMessage.link(EntryNames.DETECTOR, detector));
    long plot = group(image, constants.plot(), tables);
    long missingRows = missing.place(image, List.of());
    List<HeaderMessage> links = new ArrayList<>();
    // Truth values and numbers need no heap.
    Attributes attributes = new Attributes(HeaderMessage.UNDEFINED);
    links.add(attributes.of(EntryNames.CLOSED, isComplete()));
    if (unwanted.late() > 0) {
      links.add(attributes.of(EntryNames.LATE, unwanted.late()));
    }
    if (unwanted.strange() > 0) {
      links.add(attributes.of(EntryNames.STRANGE, unwanted.strange()));
    }
    if (!outages.isEmpty()) {
      links.add(HeaderMessage.link(EntryNames.OUTAGES, outages.place(image, List.of())));
    }
    long end = image.place(ObjectHeaders.text(endTime.toString()));
    links.add(HeaderMessage.link(EntryNames.END_TIME, end));
    links.add(HeaderMessage.link(EntryNames.INSTRUMENT, instrument));
    links.add(HeaderMessage.link(EntryNames.DATA, plot));
    links.add(HeaderMessage.link(EntryNames.MISSING, missingRows));
    return group(image, constants.entry(), links.toArray(HeaderMessage[]::new));
  }

  /** Pixels and the rows that go with them, which have two names each. */
  private HeaderMessage[] placeTables(MetadataImage image) {
    List<HeaderMessage> tables = new ArrayList<>();
    tables.add(HeaderMessage.link(EntryNames.DATA, placePixels(image)));
    tables.add(
        HeaderMessage.link(
            EntryNames.FRAME_NUMBER, rows.numbers().place(image, constants.numbers())));
    tables.add(
        HeaderMessage.link(
            EntryNames.TIMESTAMP, rows.timestamps().place(image, constants.timestamps())));
    if (!rows.originNumbers().isEmpty()) {
      long address = rows.originNumbers().place(image, constants.numbers());
      tables.add(HeaderMessage.link(EntryNames.RECORDED_FRAME_NUMBER, address));
    }
    if (!rows.originTimestamps().isEmpty()) {
      long address = rows.originTimestamps().place(image, constants.timestamps());
      tables.add(HeaderMessage.link(EntryNames.RECORDED_TIMESTAMP, address));
    }
    return tables.toArray(HeaderMessage[]::new);
  }

  private long placePixels(MetadataImage image) {
    long[] dimensions = new long[about.frameShape().size() + 1];
    dimensions[0] = rows.count();
    for (int i = 1; i < dimensions.length; i++) {
      dimensions[i] = about.frameShape().get(i - 1);
    }
    ChunkIndex index = pixels.index();
    long indexAddress = index.place(image);
    HeaderMessage layout =
        HeaderMessage.chunkedLayout(
            shape.dimensions(), shape.elementBytes(), index.nodeBytes(), indexAddress);
    List<HeaderMessage> more = new ArrayList<>();
    pixels.filters().ifPresent(more::add);
    pixels.openChunk().map(OpenChunk::message).ifPresent(more::add);
    more.addAll(constants.pixels());
    return image.place(
        ObjectHeaders.of(
            HeaderMessage.growing(dimensions),
            Datatype.of(about.type()),
            layout,
            more.toArray(HeaderMessage[]::new)));
  }

  private static long group(
      MetadataImage image, List<HeaderMessage> constant, HeaderMessage... links) {
    List<HeaderMessage> messages = new ArrayList<>(constant);
    messages.addAll(List.of(links));
    return image.place(ObjectHeaders.group(messages.toArray(HeaderMessage[]::new)));
  }

  /** Tells that what was placed last is on the disk. */
  void settle() {
    pixels.index().settle();
    rows.settle();
    missing.settle();
    if (!outages.isEmpty()) {
      outages.settle();
    }
  }

  void close() {
    pixels.close();
  }
}
