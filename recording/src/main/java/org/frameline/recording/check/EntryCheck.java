package org.frameline.recording.check;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.frameline.recording.Checksum;
import org.frameline.recording.EntryNames;
import org.frameline.recording.Unwanted;
import org.frameline.recording.hdf5.Datatype;
import org.frameline.recording.stored.DamageException;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.stored.StoredFile;
import org.frameline.recording.stored.StoredHeader;
import org.frameline.recording.stored.StoredRows;
import org.frameline.recording.stored.StoredTexts;

/** Checks one entry of a file against docs/recording-format.md. Used once, by one thread. */
final class EntryCheck {

  private static final List<String> TEXTS =
      List.of(EntryNames.TITLE, EntryNames.START_TIME, EntryNames.END_TIME);
  private static final List<String> ORIGINS =
      List.of(EntryNames.RECORDED_FRAME_NUMBER, EntryNames.RECORDED_TIMESTAMP);
  private static final List<String> TABLES =
      List.of(
          EntryNames.DATA,
          EntryNames.FRAME_NUMBER,
          EntryNames.TIMESTAMP,
          ORIGINS.get(0),
          ORIGINS.get(1));

  private final StoredFile file;
  private final StoredTexts texts;
  private final String path;
  private final Findings findings;
  private boolean closed;
  private Unwanted unwanted = Unwanted.NONE;
  private boolean unprotected;
  private long frames;
  private long missingFrames;
  private long outages;

  EntryCheck(StoredFile file, StoredTexts texts, String name, Findings findings) {
    this.file = file;
    this.texts = texts;
    this.path = "/" + name;
    this.findings = findings;
  }

  /** Whether the recording was ended in order. */
  boolean closed() {
    return closed;
  }

  long frames() {
    return frames;
  }

  long missingFrames() {
    return missingFrames;
  }

  long outages() {
    return outages;
  }

  /** Whether its pixels have no checksums, as far as that could be read. */
  boolean unprotected() {
    return unprotected;
  }

  void run(long address, BooleanSupplier stop) {
    try {
      StoredHeader entry = StoredHeader.read(file, address, path);
      new NameCheck(file, texts, findings).all(entry);
      closed = texts.value(entry, EntryNames.CLOSED, Boolean.class).orElse(false);
      texts.requireAttributes(entry);
      checkUnwanted(entry);
      checkTimes(entry);
      for (String name : List.of(EntryNames.PROGRAM_NAME, EntryNames.STREAM)) {
        texts.requireAttributes(entry.child(file, name));
      }
      StoredHeader instrument = entry.child(file, EntryNames.INSTRUMENT);
      texts.requireAttributes(instrument);
      StoredHeader detector = instrument.child(file, EntryNames.DETECTOR);
      texts.requireAttributes(detector);
      checkPlot(entry.child(file, EntryNames.DATA), detector.links());
      checkDetector(entry, detector, stop);
    } catch (IOException e) {
      findings.damage(e);
    }
    findings.finish();
  }

  private void checkUnwanted(StoredHeader entry) throws IOException {
    unwanted =
        new Unwanted(
            Math.max(0, texts.value(entry, EntryNames.LATE, Long.class).orElse(0L)),
            Math.max(0, texts.value(entry, EntryNames.STRANGE, Long.class).orElse(0L)));
    if (unwanted.late() > 0) {
      findings.warning(unwanted.late() + " frames came after they had been given up");
    }
    if (unwanted.strange() > 0) {
      findings.warning(
          unwanted.strange() + " frames came that nobody had asked for; they are not in it");
    }
  }

  /** Frames that came while it was written, and are not in it. */
  Unwanted unwanted() {
    return unwanted;
  }

  private void checkTimes(StoredHeader entry) throws IOException {
    List<String> values = new ArrayList<>();
    for (String name : TEXTS) {
      values.add(texts.text(entry.child(file, name)));
    }
    try {
      Instant start = Instant.parse(values.get(1));
      Instant end = Instant.parse(values.get(2));
      if (end.isBefore(start)) {
        findings.warning("the clock was put back: it ended at " + end + ", and began at " + start);
      }
    } catch (DateTimeException e) {
      throw new DamageException(
          entry.address(), path + ": expected times as ISO 8601, found " + values.subList(1, 3));
    }
  }

  /** The group to plot has the same datasets, under second names. */
  private void checkPlot(StoredHeader plot, Map<String, Long> detector) throws IOException {
    texts.requireAttributes(plot);
    Map<String, Long> links = plot.links();
    for (String name : TABLES) {
      Long there = detector.get(name);
      boolean mayBeAbsent = ORIGINS.contains(name) && there == null;
      if (!mayBeAbsent && (links.get(name) == null || !links.get(name).equals(there))) {
        throw new DamageException(
            plot.address(), plot.what() + "/" + name + ": expected the dataset of the detector");
      }
    }
  }

  private void checkDetector(StoredHeader entry, StoredHeader detector, BooleanSupplier stop)
      throws IOException {
    texts.text(detector.child(file, EntryNames.DESCRIPTION));
    if (detector.links().containsKey(EntryNames.PIXEL_FORMAT)) {
      texts.text(detector.child(file, EntryNames.PIXEL_FORMAT));
    }
    StoredHeader pixels = detector.child(file, EntryNames.DATA);
    texts.requireAttributes(pixels);
    StoredDataset data = StoredDataset.of(pixels);
    data.type();
    frames = data.rows();
    unprotected = data.checksum() == Checksum.NONE;
    StoredHeader times = detector.child(file, EntryNames.TIMESTAMP);
    texts.requireAttributes(times);
    Table numbers = new Table(detector.child(file, EntryNames.FRAME_NUMBER), 1, Datatype.UINT64);
    Table stamps = new Table(times, 1, Datatype.INT64);
    Table missing = new Table(entry.child(file, EntryNames.MISSING), 2, Datatype.UINT64);
    if (numbers.data.rows() != frames || stamps.data.rows() != frames) {
      throw new DamageException(
          detector.address(),
          String.format(
              "expected data, frame_number and timestamp_ns of one length, found %d, %d and %d",
              frames, numbers.data.rows(), stamps.data.rows()));
    }
    attempt(() -> checkRows(numbers, stamps, missing));
    attempt(() -> checkOrigins(detector));
    attempt(() -> checkOutages(entry));
    attempt(() -> new PixelCheck(file, data, numbers.rowsOrNull(), findings).run(stop));
  }

  /** A dataset of 8-byte integers. */
  private final class Table {
    private final StoredDataset data;
    private final int columns;
    private final byte[] datatype;

    Table(StoredHeader header, int columns, byte[] datatype) throws IOException {
      this.data = StoredDataset.of(header);
      this.columns = columns;
      this.datatype = datatype;
    }

    StoredRows rows() throws IOException {
      return new StoredRows(file, data, columns, datatype);
    }

    StoredRows rowsOrNull() {
      try {
        StoredRows rows = rows();
        rows.onBadRows(it -> {});
        return rows;
      } catch (IOException e) {
        return null;
      }
    }
  }

  private void checkRows(Table numbers, Table stamps, Table missing) throws IOException {
    RowCheck rows = new RowCheck(findings, numbers.rows(), stamps.rows(), missing.rows());
    try {
      rows.run();
    } finally {
      missingFrames = rows.missingFrames();
    }
  }

  /** Numbers and times that the frames had in a recording which was sent again: any are right. */
  private void checkOrigins(StoredHeader detector) throws IOException {
    for (String name : ORIGINS) {
      if (detector.links().containsKey(name)) {
        StoredHeader header = detector.child(file, name);
        texts.requireAttributes(header);
        byte[] datatype = name.endsWith("_ns") ? Datatype.INT64 : Datatype.UINT64;
        StoredRows rows = new Table(header, 1, datatype).rows();
        if (rows.count() != frames) {
          throw new DamageException(
              header.address(),
              header.what() + ": expected " + frames + " rows, found " + rows.count());
        }
        while (rows.next()) {
          // To the end, since each chunk has to be there.
        }
      }
    }
  }

  private void checkOutages(StoredHeader entry) throws IOException {
    if (!entry.links().containsKey(EntryNames.OUTAGES)) {
      return;
    }
    StoredRows rows = new Table(entry.child(file, EntryNames.OUTAGES), 2, Datatype.UINT64).rows();
    outages = rows.count();
    rows.onBadRows(findings::damage);
    Findings.Kind order = findings.kind("rows of outages out of order");
    long last = -1;
    while (rows.next()) {
      if (rows.get(0) < last || rows.get(1) < 0) {
        order.damage(rows.get(0), rows.address(), "expected the rows of outages in order");
      }
      last = rows.get(0);
    }
  }

  /** One part that may be damaged while others are not. */
  @FunctionalInterface
  private interface Part {
    void run() throws IOException;
  }

  private void attempt(Part part) {
    try {
      part.run();
    } catch (IOException e) {
      findings.damage(e);
    }
  }
}
