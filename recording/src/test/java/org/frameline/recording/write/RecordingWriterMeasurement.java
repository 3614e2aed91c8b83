package org.frameline.recording.write;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.frameline.protocol.ElementType;
import org.frameline.recording.Checksum;
import org.frameline.recording.Compression;
import org.frameline.recording.EntryDescription;
import org.frameline.recording.ExistingFile;
import org.frameline.recording.Frames;
import org.frameline.recording.RecordingOptions;

/**
 * Measures recording against h5py, run after run in turn, and prints the medians. A program, not a
 * test: {@code RecordingWriterMeasurement PEER_SCRIPT VIDEO FOLDER [ROUNDS]}; with {@code
 * checksums} instead of a script, recording with checksums against recording without. All rates are
 * MB/s of pixels, from opening the file to its last byte being on the disk.
 */
final class RecordingWriterMeasurement {

  private static final EntryDescription VGA = Frames.entry(ElementType.UINT8, 480, 640, 3);
  private static final int DISTINCT = 64;
  private static final int PLAIN_FRAMES = 2000;
  private static final int GZIP_FRAMES = 300;
  private static final Pattern PEER_RATE =
      Pattern.compile("(tuned swmr direct|tuned gzip1 shuffle) .*-> (\\d+) MB/s.*");

  private RecordingWriterMeasurement() {}

  public static void main(String[] args) throws Exception {
    List<ByteBuffer> frames = footage(Path.of(args[1]));
    Path file = Path.of(args[2]).resolve("frameline-measurement.h5");
    int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
    if (args[0].equals("checksums")) {
      compareChecksums(file, Compression.NONE, frames, PLAIN_FRAMES / 5, rounds);
      compareChecksums(file, Compression.GZIP, frames, GZIP_FRAMES / 5, rounds);
      Files.delete(file);
      return;
    }
    double[] plain = new double[rounds];
    double[] gzip = new double[rounds];
    double[] plainPeer = new double[rounds];
    double[] gzipPeer = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      // The peer's run comes after others too: on a virtual machine the page cache needs some runs
      // until its memory is there, which alone makes a factor of four.
      record(file, Compression.NONE, frames, PLAIN_FRAMES);
      record(file, Compression.NONE, frames, PLAIN_FRAMES);
      plain[round] = record(file, Compression.NONE, frames, PLAIN_FRAMES);
      gzip[round] = record(file, Compression.GZIP, frames, GZIP_FRAMES);
      List<Double> peer = peer(args[0]);
      plainPeer[round] = peer.get(0);
      gzipPeer[round] = peer.get(1);
    }
    report("uncompressed, against h5py direct chunks", plain, plainPeer);
    report("gzip 1 + shuffle, against h5py", gzip, gzipPeer);
    Files.delete(file);
  }

  /** Rates, and processor time, which says more where other programs run. */
  private static void compareChecksums(
      Path file, Compression compression, List<ByteBuffer> frames, int count, int rounds)
      throws IOException {
    double[][] rates = new double[2][rounds];
    double[][] cpuMs = new double[2][rounds];
    record(file, compression, Checksum.FLETCHER32, frames, count);
    record(file, compression, Checksum.NONE, frames, count);
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < 2; turn++) {
        // Whoever comes second finds another page cache, so they take turns at it.
        int which = (round + turn) % 2;
        Checksum checksum = which == 0 ? Checksum.FLETCHER32 : Checksum.NONE;
        long before = cpuNs();
        rates[which][round] = record(file, compression, checksum, frames, count);
        cpuMs[which][round] = (cpuNs() - before) / 1e6 / count;
      }
    }
    report(compression + ", with fletcher32 against without", rates[0], rates[1]);
    Arrays.sort(cpuMs[0]);
    Arrays.sort(cpuMs[1]);
    System.out.printf(
        "  processor time of a frame: median %.3f (%.3f to %.3f) ms, without %.3f (%.3f to %.3f)%n",
        cpuMs[0][rounds / 2],
        cpuMs[0][0],
        cpuMs[0][rounds - 1],
        cpuMs[1][rounds / 2],
        cpuMs[1][0],
        cpuMs[1][rounds - 1]);
  }

  private static long cpuNs() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  private static double record(
      Path file, Compression compression, List<ByteBuffer> frames, int count) throws IOException {
    return record(file, compression, Checksum.DEFAULT, frames, count);
  }

  private static double record(
      Path file, Compression compression, Checksum checksum, List<ByteBuffer> frames, int count)
      throws IOException {
    RecordingOptions options =
        new RecordingOptions(
            file, ExistingFile.OVERWRITE, compression, checksum, Duration.ofSeconds(1), 2);
    Files.deleteIfExists(file);
    long start = System.nanoTime();
    RecordingWriter writer = RecordingWriter.open(options, VGA);
    for (int number = 0; number < count; number++) {
      writer.append(number, number, frames.get(number % DISTINCT).duplicate());
    }
    writer.close();
    double seconds = (System.nanoTime() - start) / 1e9;
    double rate = (double) count * VGA.frameBytes() / 1e6 / seconds;
    System.out.printf("%s, %s: %.0f MB/s, %s%n", compression, checksum, rate, writer.timings());
    return rate;
  }

  private static List<ByteBuffer> footage(Path video) throws IOException {
    Process ffmpeg =
        new ProcessBuilder(
                ("ffmpeg -v error -i " + video + " -frames:v " + DISTINCT)
                    .concat(" -vf crop=640:480:0:0 -f rawvideo -pix_fmt rgb24 -")
                    .split(" "))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<ByteBuffer> frames = new ArrayList<>();
    try (InputStream pixels = ffmpeg.getInputStream()) {
      for (int i = 0; i < DISTINCT; i++) {
        byte[] frame = pixels.readNBytes(VGA.frameBytes());
        frames.add(ByteBuffer.allocateDirect(frame.length).put(frame).flip());
      }
    }
    return frames;
  }

  private static List<Double> peer(String script) throws IOException {
    Process process = new ProcessBuilder("/usr/bin/python3", script).start();
    List<Double> rates = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        System.out.println("  " + line);
        Matcher rate = PEER_RATE.matcher(line);
        if (rate.matches()) {
          rates.add(Double.valueOf(rate.group(2)));
        }
      }
    }
    return rates;
  }

  private static void report(String what, double[] ours, double[] theirs) {
    Arrays.sort(ours);
    Arrays.sort(theirs);
    double our = ours[ours.length / 2];
    double their = theirs[theirs.length / 2];
    System.out.printf(
        "%s: median %.0f (%.0f to %.0f) against %.0f (%.0f to %.0f) MB/s, ratio %.2f%n",
        what,
        our,
        ours[0],
        ours[ours.length - 1],
        their,
        theirs[0],
        theirs[theirs.length - 1],
        our / their);
  }
}
