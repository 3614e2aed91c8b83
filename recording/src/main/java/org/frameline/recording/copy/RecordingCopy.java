package org.frameline.recording.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.Derivation;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.RecordingOptions;
import org.frameline.recording.stored.StoredDataset;
import org.frameline.recording.write.RecordingWriter;

/**
 * Copies recordings into a new one: cut, put together, or stored in another way. Frames keep their
 * numbers and times. Of one stream every frame is taken once, whichever file has it; so the files
 * of a rotation become one, and two recorders fill each other's holes. Chunks that are compressed
 * already, and can stay as they are, are not inflated.
 *
 * <p>Memory depends on the number of frames, with at most 32 bytes for each, not on their size. Not
 * thread-safe.
 */
public final class RecordingCopy {
  private static final Duration CHECKPOINT = Duration.ofSeconds(10);
  private static final int MOST_NAMES = 1000;

  /**
   * What to copy, and how.
   *
   * @param files recordings of ours
   * @param entry this entry of each file only; empty for all
   * @param from the first frame number; empty for the first there is
   * @param to the last frame number, itself included; empty for the last there is
   * @param compression empty for what the first file has
   * @param checksum likewise
   * @param program name of the program that copies
   * @param programVersion its version
   */
  public record Request(
      List<Path> files,
      Optional<String> entry,
      OptionalLong from,
      OptionalLong to,
      Optional<Compression> compression,
      Optional<Checksum> checksum,
      String program,
      String programVersion) {

    public Request {
      files = List.copyOf(files);
      if (files.isEmpty()) {
        throw new IllegalArgumentException("expected one file or more, found none");
      }
      if (from.isPresent() && to.isPresent() && from.getAsLong() > to.getAsLong()) {
        throw new IllegalArgumentException(
            "expected a last frame from " + from.getAsLong() + " on, found " + to.getAsLong());
      }
    }
  }

  /**
   * What was done.
   *
   * @param entries entries of the copy
   * @param frames frames in it
   * @param missing frames listed there as missing
   * @param asTheyWere frames whose compressed chunks were taken as they are
   * @param repeated frames left out because another file has them too
   * @param complete whether all entries were ended in order, or cut
   * @param bytes size of the copy
   */
  public record Result(
      int entries,
      long frames,
      long missing,
      long asTheyWere,
      long repeated,
      boolean complete,
      long bytes) {}

  private final Request request;
  private final List<MergedEntry> groups;
  private final Checksum checksum;
  private final Compression compression;
  private long copied;
  private long asTheyWere;

  /**
   * Looks into all files.
   *
   * @throws IOException in one line, when one is no recording, or there is nothing to copy
   */
  public RecordingCopy(Request request) throws IOException {
    this.request = request;
    List<SourceEntry> parts = new ArrayList<>();
    for (Path file : request.files()) {
      parts.addAll(chosen(file));
    }
    groups = groups(parts);
    StoredDataset first = parts.get(0).data();
    compression = request.compression().orElse(first.compression());
    checksum = request.checksum().orElse(first.checksum());
  }

  private List<SourceEntry> chosen(Path file) throws IOException {
    List<SourceEntry> parts = SourceEntry.of(file);
    if (request.entry().isEmpty()) {
      return parts;
    }
    String wanted = request.entry().get();
    List<SourceEntry> chosen = parts.stream().filter(part -> part.name().equals(wanted)).toList();
    if (chosen.isEmpty()) {
      List<String> names = parts.stream().map(SourceEntry::name).toList();
      throw new IOException(
          file + ": expected an entry " + wanted + ", found " + String.join(", ", names));
    }
    return chosen;
  }

  private List<MergedEntry> groups(List<SourceEntry> parts) throws IOException {
    Map<String, List<SourceEntry>> streams = new LinkedHashMap<>();
    parts.forEach(
        part -> streams.computeIfAbsent(part.stream(), key -> new ArrayList<>()).add(part));
    List<MergedEntry> found = new ArrayList<>();
    for (List<SourceEntry> stream : streams.values()) {
      stream.sort(Comparator.comparingLong(RecordingCopy::firstNumber));
      int begin = 0;
      for (int i = 1; i <= stream.size(); i++) {
        if (i == stream.size() || !stream.get(i).goesWith(stream.get(begin))) {
          found.add(new MergedEntry(stream.subList(begin, i), request.from(), request.to()));
          begin = i;
        }
      }
    }
    boolean cut = request.from().isPresent() || request.to().isPresent();
    if (cut) {
      found.removeIf(group -> group.frames() == 0);
      if (found.isEmpty()) {
        throw nothing(parts);
      }
      if (streams.size() > 1 && found.size() > 1) {
        throw new IOException(
            "these frame numbers are in "
                + found.size()
                + " streams, which count for themselves; choose an entry with --entry, or one"
                + " file");
      }
    }
    return found;
  }

  private static long firstNumber(SourceEntry part) {
    return part.rows() == 0 ? Long.MAX_VALUE : part.number(0);
  }

  private static IOException nothing(List<SourceEntry> parts) {
    long first = parts.stream().mapToLong(RecordingCopy::firstNumber).min().orElseThrow();
    long last =
        parts.stream()
            .filter(part -> part.rows() > 0)
            .mapToLong(part -> part.number(part.rows() - 1))
            .max()
            .orElse(-1);
    return new IOException(
        last < 0
            ? "there are no frames in " + parts.get(0).file()
            : "none of the frames asked for is there; there are frames " + first + " to " + last);
  }

  /** Frames that will be copied. */
  public long frames() {
    return groups.stream().mapToLong(MergedEntry::frames).sum();
  }

  /**
   * Does it.
   *
   * @param out what the copy is called; replaced if it is there, and only when the copy is whole
   * @param threads threads that compress
   * @param progress gets the number of frames copied so far
   * @param stop ends it early, with nothing left behind
   * @return empty when it was stopped
   * @throws IOException naming the file and the frame that could not be read or written
   */
  public Optional<Result> run(Path out, int threads, LongConsumer progress, BooleanSupplier stop)
      throws IOException {
    Path unfinished = out.resolveSibling(out.getFileName() + ".part");
    RecordingOptions options =
        new RecordingOptions(
            unfinished, ExistingFile.OVERWRITE, compression, checksum, CHECKPOINT, threads);
    // Not inside: when another process writes that file, it is not ours to delete.
    RecordingWriter writer = RecordingWriter.open(options, describe(groups.get(0)));
    try {
      long missing = write(writer, progress, stop);
      if (stop.getAsBoolean()) {
        return Optional.empty();
      }
      Files.move(unfinished, out, StandardCopyOption.REPLACE_EXISTING);
      return Optional.of(
          new Result(
              groups.size(),
              copied,
              missing,
              asTheyWere,
              groups.stream().mapToLong(MergedEntry::repeated).sum(),
              groups.stream().allMatch(MergedEntry::complete),
              Files.size(out)));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private long write(RecordingWriter opened, LongConsumer progress, BooleanSupplier stop)
      throws IOException {
    try (RecordingWriter writer = opened) {
      for (int i = 0; i < groups.size() && !stop.getAsBoolean(); i++) {
        MergedEntry group = groups.get(i);
        if (i > 0) {
          writer.beginEntry(describe(group));
        }
        writer.ended(group.ended(), group.complete());
        long before = copied;
        try (EntryCopier copy = new EntryCopier(group, compression, writer)) {
          copy.run(count -> progress.accept(before + count), stop);
          copied += copy.frames();
          asTheyWere += copy.asTheyWere();
        }
      }
      return writer.missingFrames();
    }
  }

  private EntryDescription describe(MergedEntry group) {
    EntryDescription about = group.parts().get(0).about();
    Map<String, Object> parameters = new LinkedHashMap<>();
    List<String> names =
        group.parts().stream()
            .map(part -> part.file().toAbsolutePath().normalize() + "#" + part.name())
            .toList();
    parameters.put("sources", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    request.from().ifPresent(from -> parameters.put("from", from));
    request.to().ifPresent(to -> parameters.put("to", to));
    return new EntryDescription(
        about.title(),
        about.frameShape(),
        about.type(),
        about.interpretation(),
        about.detectorDescription(),
        about.pixelFormat(),
        about.streamAttributes(),
        about.programName(),
        about.programVersion(),
        group.started(),
        new Derivation(request.program(), request.programVersion(), Instant.now(), parameters));
  }
}
