package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.StopSignal;
import org.frameline.protocol.Endpoint;
import org.frameline.protocol.PixelFormat;
import org.frameline.protocol.socket.Sockets;
import org.frameline.recording.check.RecordingCheck;
import org.frameline.recording.write.RecordingWriter;
import org.frameline.testing.CutLink;
import org.frameline.testing.FreePorts;
import org.frameline.testing.recordings.Recordings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real sockets and files; what serves is a thread of this process. */
class FetchTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MIB = 1 << 20;

  @TempDir private Path there;
  @TempDir private Path here;

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final StopSignal end = new StopSignal();
  private Sockets sockets;
  private Thread server;
  private Endpoint endpoint;

  @BeforeEach
  void serve() throws Exception {
    System.out.println("fetching: seed " + seed);
    CompletableFuture<Endpoint> bound = new CompletableFuture<>();
    sockets = new Sockets();
    server =
        new Thread(
            () -> {
              Endpoint any = Endpoint.parse("tcp://127.0.0.1:*");
              try (ServeLoop loop = new ServeLoop(new ServeConfig(there, any, any), sockets, end)) {
                bound.complete(loop.boundTo());
                loop.run();
              }
            });
    server.start();
    endpoint = bound.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @AfterEach
  void endServing() throws Exception {
    end.stop();
    server.join();
    sockets.close();
  }

  private byte[] write(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    Files.write(there.resolve(name), content);
    return content;
  }

  private int fetch(String pattern, boolean overwrite, boolean follow, StopSignal stop) {
    return fetch(endpoint, pattern, overwrite, follow, stop);
  }

  private int fetch(
      Endpoint from, String pattern, boolean overwrite, boolean follow, StopSignal stop) {
    FetchConfig config =
        new FetchConfig(from, new NamePattern(pattern), here, overwrite, follow, PATIENCE);
    try (Sockets own = new Sockets();
        RemoteFolder remote = new RemoteFolder(own, from, PATIENCE, stop)) {
      return new Fetch(config, remote, stop).run();
    }
  }

  private int fetch(String pattern) {
    return fetch(pattern, false, false, new StopSignal());
  }

  private static List<String> namesIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void filesOfAllSizesComeAsTheyAre() throws Exception {
    for (int size : new int[] {0, 1, MIB - 1, MIB, MIB + 1, 70 * MIB + 5}) {
      write("file_" + size, size);
    }
    write("other", 10);
    assertThat(fetch("file_*")).isEqualTo(ExitCode.DONE);
    assertThat(namesIn(here)).hasSize(6).allMatch(name -> name.startsWith("file_"));
    for (String name : namesIn(here)) {
      assertThat(Files.mismatch(here.resolve(name), there.resolve(name))).as(name).isEqualTo(-1);
    }
  }

  @Test
  void goesOnWithWhateverAPartHolds() throws Exception {
    byte[] content = write("a.h5", 5 * MIB + 77);
    for (int i = 0; i < 20; i++) {
      byte[] part = Arrays.copyOf(content, random.nextInt(content.length + MIB));
      for (int flips = random.nextInt(3); flips > 0 && part.length > 0; flips--) {
        part[random.nextInt(part.length)] ^= 1;
      }
      Files.write(here.resolve("a.h5.part"), part);
      assertThat(fetch("a.h5")).isEqualTo(ExitCode.DONE);
      assertThat(here.resolve("a.h5")).hasBinaryContent(content);
      assertThat(namesIn(here)).containsExactly("a.h5");
      Files.delete(here.resolve("a.h5"));
    }
  }

  @Test
  void onlyWhatIsMissingCrossesTheNetwork() throws Exception {
    byte[] content = write("a.h5", 9 * MIB + 77);
    byte[] part = Arrays.copyOf(content, 7 * MIB + 3);
    part[2 * MIB + 5] ^= 1;
    Files.write(here.resolve("a.h5.part"), part);
    StopSignal stop = new StopSignal();
    FetchConfig config =
        new FetchConfig(endpoint, new NamePattern("a.h5"), here, false, false, PATIENCE);
    try (Sockets own = new Sockets();
        RemoteFolder remote = new RemoteFolder(own, endpoint, PATIENCE, stop)) {
      FileFetch file = new FileFetch(remote, config, stop, "a.h5");
      assertThat(file.fetch()).isEqualTo(FileFetch.Outcome.WHOLE);
      assertThat(file.fetchedBytes()).isEqualTo(3L * MIB + 77);
    }
    assertThat(here.resolve("a.h5")).hasBinaryContent(content);
  }

  @Test
  void aConnectionThatBreaksAtRandomBytesIsMadeAnew() throws Exception {
    byte[] content = write("a.h5", 12 * MIB + 9);
    InetSocketAddress target = loopback(Integer.parseInt(endpoint.port()));
    InetSocketAddress front = loopback(FreePorts.one());
    Endpoint behindLink = Endpoint.parse("tcp://127.0.0.1:" + front.getPort());
    CompletableFuture<Integer> fetching;
    try (CutLink link = new CutLink(front, target)) {
      link.slowDown(20L * MIB);
      fetching =
          CompletableFuture.supplyAsync(
              () -> fetch(behindLink, "a.h5", false, false, new StopSignal()));
      awaitPart(random.nextInt(4 * MIB));
    }
    for (int i = 0; i < 4; i++) {
      try (CutLink link = new CutLink(front, target)) {
        link.slowDown(20L * MIB);
        Awaitility.await().atMost(PATIENCE).until(() -> link.connections() > 0);
        awaitPart(random.nextInt(12 * MIB));
      }
    }
    try (CutLink link = new CutLink(front, target)) {
      assertThat(fetching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
      assertThat(link.port()).isEqualTo(front.getPort());
    }
    assertThat(here.resolve("a.h5")).hasBinaryContent(content);
  }

  private static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private void awaitPart(long bytes) {
    Path part = here.resolve("a.h5.part");
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(2))
        .until(
            () ->
                Files.exists(here.resolve("a.h5"))
                    || (Files.exists(part) && Files.size(part) >= bytes));
  }

  @Test
  void aFileThatIsReplacedOnTheWayComesWholeAndNew() throws Exception {
    write("a.h5", 30 * MIB);
    Path next = Files.write(there.resolve(".next"), new byte[0]);
    byte[] content = new byte[25 * MIB + 1];
    random.nextBytes(content);
    Files.write(next, content);
    try (CutLink link = new CutLink(Integer.parseInt(endpoint.port()))) {
      link.slowDown(100L * MIB);
      Endpoint behindLink = Endpoint.parse("tcp://127.0.0.1:" + link.port());
      CompletableFuture<Integer> fetching =
          CompletableFuture.supplyAsync(
              () -> fetch(behindLink, "a.h5", false, false, new StopSignal()));
      awaitPart(MIB);
      Files.move(next, there.resolve("a.h5"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(fetching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
    }
    assertThat(here.resolve("a.h5")).hasBinaryContent(content);
  }

  @Test
  void whatIsThereIsKeptUnlessItIsTheSameOrMayBeReplaced() throws Exception {
    byte[] content = write("a.h5", 2 * MIB);
    write("b.h5", 10);
    byte[] mine = {1, 2, 3};
    Files.write(here.resolve("a.h5"), mine);
    assertThat(fetch("*.h5")).isEqualTo(ExitCode.FAILED);
    assertThat(here.resolve("a.h5")).hasBinaryContent(mine);
    assertThat(here.resolve("b.h5")).as("the others are fetched").exists();
    assertThat(fetch("b.h5")).as("the same file").isEqualTo(ExitCode.DONE);
    assertThat(fetch("*", true, false, new StopSignal())).isEqualTo(ExitCode.DONE);
    assertThat(here.resolve("a.h5")).hasBinaryContent(content);
    assertThat(namesIn(here)).containsExactly("a.h5", "b.h5");
  }

  @Test
  void whatIsNotThereIsOneLine() {
    assertThatThrownBy(() -> fetch("*.h5"))
        .isInstanceOf(ProgramException.class)
        .hasMessageContaining("no file at " + endpoint);
    assertThat(fetch("a.h5")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void twoCannotFillOnePart() throws Exception {
    write("a.h5", 10);
    Path part = Files.write(here.resolve("a.h5.part"), new byte[1]);
    try (FileChannel other = FileChannel.open(part, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock().isValid()).isTrue();
      assertThatThrownBy(() -> fetch("a.h5")).hasMessageContaining("another process");
    }
  }

  private RecordingCheck.Result check(Path file) {
    return RecordingCheck.check(file, finding -> {}, () -> false);
  }

  private static long[] numbers(long from, long to) {
    return java.util.stream.LongStream.range(from, to).toArray();
  }

  @Test
  void aGrowingRecordingIsSoundAtACheckpoint() throws Exception {
    Recordings recordings = Recordings.of(PixelFormat.MONO8, 100, 99).noise();
    Path file = there.resolve("growing.h5");
    try (RecordingWriter writer = recordings.open(file)) {
      recordings.append(writer, numbers(0, 700));
      Recordings.checkpoint(writer);
      recordings.append(writer, numbers(700, 900));
      assertThat(fetch("growing.h5")).isEqualTo(ExitCode.FRAMES_MISSING);
      RecordingCheck.Result found = check(here.resolve("growing.h5"));
      assertThat(found.frames()).isEqualTo(700);
      assertThat(found.damages()).isZero();

      Recordings.checkpoint(writer);
      assertThat(fetch("growing.h5")).as("another state").isEqualTo(ExitCode.FAILED);
      assertThat(fetch("growing.h5", true, false, new StopSignal()))
          .isEqualTo(ExitCode.FRAMES_MISSING);
      assertThat(check(here.resolve("growing.h5")).frames()).isEqualTo(900);
    }
    assertThat(fetch("growing.h5", true, false, new StopSignal())).isEqualTo(ExitCode.DONE);
    assertThat(Files.mismatch(file, here.resolve("growing.h5"))).isEqualTo(-1);
  }

  @Test
  void aGrowingRecordingIsFollowedToItsEnd() throws Exception {
    Recordings recordings = Recordings.of(PixelFormat.MONO8, 100, 99).noise();
    Path file = there.resolve("growing.h5");
    CompletableFuture<Integer> fetching;
    try (RecordingWriter writer = recordings.open(file)) {
      recordings.append(writer, numbers(0, 300));
      Recordings.checkpoint(writer);
      fetching =
          CompletableFuture.supplyAsync(() -> fetch("growing.h5", false, true, new StopSignal()));
      Path part = here.resolve("growing.h5.part");
      Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> Files.exists(part) && check(part).frames() == 300);
      recordings.append(writer, numbers(300, 600));
      Recordings.checkpoint(writer);
      long grown = 5L * MIB;
      Awaitility.await().atMost(PATIENCE).until(() -> Files.size(part) > grown);
      assertThat(check(part).damages()).as("the part stays sound").isZero();
      assertThat(namesIn(here)).containsExactly("growing.h5.part");
    }
    assertThat(fetching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
    assertThat(Files.mismatch(file, here.resolve("growing.h5"))).isEqualTo(-1);
    assertThat(check(here.resolve("growing.h5")).frames()).isEqualTo(600);
  }

  @Test
  void aStoppedFetchKeepsItsPart() throws Exception {
    write("a.h5", 30 * MIB);
    StopSignal stop = new StopSignal();
    try (CutLink link = new CutLink(Integer.parseInt(endpoint.port()))) {
      link.slowDown(20L * MIB);
      Endpoint behindLink = Endpoint.parse("tcp://127.0.0.1:" + link.port());
      CompletableFuture<Integer> fetching =
          CompletableFuture.supplyAsync(() -> fetch(behindLink, "a.h5", false, false, stop));
      awaitPart(MIB);
      stop.stop();
      assertThat(fetching.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(ExitCode.FRAMES_MISSING);
    }
    assertThat(namesIn(here)).containsExactly("a.h5.part");
  }

  @Test
  void aPieceIsExactlyWhatItsSumSays() {
    ByteBuffer bytes = ByteBuffer.wrap("abc".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    // FIPS 180-2, appendix B.1
    assertThat(Pieces.sum(bytes))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    // RFC 3720, appendix B.4
    assertThat(Pieces.crc32c(new byte[32])).isEqualTo(0x8a9136aaL);
  }
}
