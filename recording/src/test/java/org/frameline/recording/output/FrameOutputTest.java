package org.frameline.recording.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.protocol.ElementType;
import org.frameline.protocol.FrameHeader;
import org.frameline.protocol.FrameSet;
import org.frameline.protocol.Origin;
import org.frameline.protocol.Outage;
import org.frameline.protocol.StreamMessage;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.Frames;
import org.frameline.recording.Reader;
import org.frameline.recording.RecordingOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrameOutputTest {
  @TempDir Path folder;

  private static StreamMessage.Frame frame(FrameHeader header) {
    return new StreamMessage.Frame(
        "frames", header, ByteBuffer.allocate((int) header.payloadBytes()));
  }

  private static FrameHeader header(String stream, long number, Integer... shape) {
    Map<String, Object> keys = Map.of("source", "camera", "outage_ms", 5, "worker", 1);
    return new FrameHeader(List.of(shape), ElementType.UINT8, number, number, stream, keys);
  }

  @Test
  void theEndingOfANameChoosesTheOutput() {
    assertThat(FrameOutputs.named(Path.of("a.H5"))).containsInstanceOf(Hdf5Kind.class);
    assertThat(FrameOutputs.named(Path.of("a.hdf5"))).containsInstanceOf(Hdf5Kind.class);
    assertThat(FrameOutputs.named(Path.of("a.h5.txt"))).isEmpty();
    assertThat(FrameOutputs.of(Path.of("a"))).isInstanceOf(Hdf5Kind.class);
    assertThat(FrameOutputs.endings(".png")).startsWith(".png, .h5").contains(".hdf5");
  }

  @Test
  void anotherStreamShapeOrOriginBeginsANewEntryAndGapsAreListedInIt() throws Exception {
    Path file = folder.resolve("out.h5");
    RecordingOptions options = Frames.quiet(file, Compression.NONE);
    FrameHeader first = header("a", 3, 4, 6);
    try (FrameOutput output =
        FrameOutputs.of(file).open(options, EntryContent.RECORDING, "1", first)) {
      output.append(frame(first), Optional.empty(), Optional.empty());
      output.append(
          frame(header("a", 6, 4, 6)),
          Optional.of(new FrameSet.Run(4, 2)),
          Optional.of(new Outage(5, 70)));
      output.append(frame(header("a", 7, 4, 6, 3)), Optional.empty(), Optional.empty());
      output.append(
          frame(header("b", 9, 4, 6, 3)), Optional.of(new FrameSet.Run(8, 1)), Optional.empty());
      output.append(
          frame(new Origin(1, 2).mark(header("b", 10, 4, 6, 3))),
          Optional.empty(),
          Optional.empty());
      output.missingAtEnd("a", new FrameSet.Run(8, 1));
      output.missingAtEnd("b", new FrameSet.Run(11, 5));
      assertThat(output.frames()).isEqualTo(5);
    }
    String found =
        Reader.h5py(
            file,
            """
            with h5py.File(path) as f:
                for name, e in f.items():
                    outages = e["outages"][:].tolist() if "outages" in e else []
                    print(name, e["data/frame_number"][:].tolist(), e["missing"][:].tolist(),
                          outages, e["stream"].attrs["stream"],
                          "recorded_frame_number" in e["data"])
            """);
    assertThat(found.lines())
        .containsExactly(
            "entry [3, 6] [[4, 2]] [[5, 70]] a False",
            "entry_2 [7] [] [] a False",
            "entry_3 [9] [[8, 1]] [] b False",
            "entry_4 [10] [[11, 5]] [] b True");
  }

  @Test
  void anEntrySaysOfEachContentWhatItIs() {
    FrameHeader colour = header("a", 0, 4, 6, 3);
    Instant now = Instant.EPOCH;
    EntryDescription recording = EntryContent.RECORDING.describe(colour, "1", now);
    assertThat(recording.title()).isEqualTo("Recording of camera");
    assertThat(recording.interpretation()).isEqualTo("rgb-image");
    assertThat(recording.pixelFormat()).isEqualTo("RGB8");
    assertThat(recording.streamAttributes()).containsKey("worker").doesNotContainKey("outage_ms");
    EntryDescription spectra = EntryContent.SPECTRA.describe(colour, "1", now);
    assertThat(spectra.title()).isEqualTo("Spectra of camera");
    assertThat(spectra.interpretation()).isEqualTo("image");
    assertThat(spectra.pixelFormat()).isNull();
    assertThat(spectra.streamAttributes()).containsKey("outage_ms").doesNotContainKey("worker");
    EntryDescription snapshot = EntryContent.SNAPSHOT.describe(colour, "1", now);
    assertThat(snapshot.title()).isEqualTo("Snapshot");
    assertThat(snapshot.pixelFormat()).isNull();
    assertThat(snapshot.programName()).isEqualTo("frameline snap");
  }
}
