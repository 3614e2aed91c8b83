package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random and mutated messages: whatever comes, only a MalformedMessageException goes out. */
class MessageFuzzTest {
  private static final int MESSAGES = 20_000;
  private static final String[] BITS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\u0000",
    "\\ud800",
    "null",
    "-1",
    "1e999",
    "0",
    "18",
    "\"htype\":",
    "\"shape\":",
    "\"frame\":",
    "\"series_end-1.0\"",
    "\"worker-1.0\"",
    "\"state\":",
    "\"ready\"",
    "99999999999999999999",
    "\uD83D\uDE00",
    "\u0000",
    "\uFEFF"
  };

  @Test
  void neverThrowsAnythingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < MESSAGES; i++) {
      List<byte[]> parts = mutated(random);
      try {
        use(MessageCodec.decode(parts));
      } catch (MalformedMessageException e) {
        refused++;
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("seed " + seed + ", message " + i + ": " + printed(parts), e);
      }
    }
    // Most are wrong, but a few mutations leave a message right.
    assertThat(refused).as("refused, seed %d", seed).isBetween(MESSAGES / 2, MESSAGES - 1);
  }

  @Test
  void controlMessagesNeverThrowAnythingElse() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < MESSAGES; i++) {
      byte[] bytes = mutated(random).get(1);
      try {
        ControlMessage message = ControlMessage.decode(bytes);
        message.count("frame");
        message.texts("shape");
        assertThat(message.encode()).isNotEmpty();
      } catch (MalformedMessageException e) {
        assertThat(e.where()).isEqualTo("control message");
      } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
        fail("seed " + seed + ", message " + i + ": " + printed(List.of(bytes)), e);
      }
    }
  }

  /** What programs do with whatever was read. */
  private static void use(StreamMessage message) {
    assertThat(MessageCodec.header(message)).isNotEmpty();
    if (message instanceof StreamMessage.Frame frame) {
      assertThat(frame.header().attributes().values()).doesNotContainNull();
    }
  }

  private static List<byte[]> mutated(Random random) {
    List<byte[]> parts = new ArrayList<>(Samples.parts(start(random)));
    switch (random.nextInt(8)) {
      case 0 -> parts.set(1, randomBytes(random, 60));
      case 1 -> parts.remove(random.nextInt(3));
      case 2 -> parts.set(2, randomBytes(random, 40));
      case 3 -> parts.set(0, randomBytes(random, 20));
      default -> {
        for (int n = random.nextInt(4); n >= 0; n--) {
          parts.set(1, edited(random, parts.get(1)));
        }
      }
    }
    // The control messages below take the second part.
    return parts.size() < 2 ? List.of(new byte[0], new byte[0]) : parts;
  }

  private static StreamMessage start(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> new StreamMessage.SeriesEnd("t", "s", 5);
      case 1 ->
          new StreamMessage.WorkerNotice(
              "t", "w", StreamMessage.WorkerNotice.State.READY, Map.of("n", 1));
      case 2 -> {
        FrameHeader header = Samples.frame("t", "s", random.nextInt(100)).header();
        yield new StreamMessage.References("ring/t", List.of(header, header.at(7, 0)));
      }
      default -> Samples.frame("t", "s", random.nextInt(100));
    };
  }

  private static byte[] edited(Random random, byte[] header) {
    int at = random.nextInt(header.length + 1);
    if (random.nextInt(3) == 0 && header.length > 0) {
      byte[] flipped = header.clone();
      flipped[random.nextInt(header.length)] = (byte) random.nextInt();
      return flipped;
    }
    String text = new String(header, StandardCharsets.ISO_8859_1);
    int cut = random.nextInt(3) == 0 ? random.nextInt(text.length() - at + 1) : 0;
    String bit = BITS[random.nextInt(BITS.length)];
    byte[] inserted = bit.getBytes(StandardCharsets.UTF_8);
    return (text.substring(0, at)
            + new String(inserted, StandardCharsets.ISO_8859_1)
            + text.substring(at + cut))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] randomBytes(Random random, int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    // Zeros and braces first make a guessing parser try UTF-16 and UTF-32.
    for (int i = 0; i < Math.min(bytes.length, random.nextInt(5)); i++) {
      bytes[i] = random.nextBoolean() ? 0 : (byte) '{';
    }
    return bytes;
  }

  private static String printed(List<byte[]> parts) {
    return parts.stream().map(p -> new String(p, StandardCharsets.ISO_8859_1)).toList().toString();
  }
}
