package org.frameline.recording.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveReadersTest {

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void readersSeeAValidAndGrowingFileWhileItIsWritten(Compression compression) throws Exception {
    EntryDescription entry = Frames.entry(ElementType.UINT8, 20, 30, 3);
    Path file = folder.resolve("live.h5");
    AtomicBoolean stop = new AtomicBoolean();
    RecordingOptions options = Frames.options(file, ExistingFile.REFUSE, compression);
    RecordingWriter writer = RecordingWriter.open(options, entry);
    CompletableFuture<Long> recording =
        CompletableFuture.supplyAsync(() -> recordUntil(stop, writer, entry));
    String result;
    try {
      result = Reader.h5py(file, LIVE_READER);
    } finally {
      stop.set(true);
      recording.join();
      writer.close();
    }
    assertThat(result).startsWith("grew");
    assertThat(Reader.check(file).get(0)).contains("\"frames\": " + recording.join() + ",");
  }

  /** Opens the file again and again, then keeps it open. */
  private static final String LIVE_READER =
      """
      import time

      def check(data, numbers):
          n = data.shape[0]
          for row in sorted({0, n // 3, n // 2, max(0, n - 90), n - 2, n - 1}):
              if 0 <= row < n:
                  ramp = (int(numbers[row]) * 31 + np.arange(1800)).astype("u1")
                  assert np.array_equal(data[row].ravel(), ramp), (row, n)
          return n

      seen = []
      deadline = time.monotonic() + 60
      while len(set(seen)) < 5:
          assert time.monotonic() < deadline, seen
          with h5py.File(path, "r") as f:
              seen.append(check(f["entry/data/data"], f["entry/data/frame_number"]))
      assert seen == sorted(seen), seen
      print("grew from", seen[0], "to", seen[-1], "in", len(seen), "reads")

      # A handle that stays open keeps the state it has opened, and that stays right.
      with h5py.File(path, "r") as f:
          until = time.monotonic() + 1
          while time.monotonic() < until:
              assert check(f["entry/data/data"], f["entry/data/frame_number"]) >= seen[-1]
      """;

  private static long recordUntil(
      AtomicBoolean stop, RecordingWriter writer, EntryDescription entry) {
    try {
      long number = 0;
      while (!stop.get()) {
        // As fast as a disk confirms, so that the file stays small.
        if (number - writer.checkpointedFrames() < 200) {
          Frames.append(writer, entry, number++);
        } else {
          Thread.onSpinWait();
        }
      }
      return number;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
