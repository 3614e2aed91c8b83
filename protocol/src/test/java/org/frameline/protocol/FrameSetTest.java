package org.frameline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.frameline.protocol.FrameSet.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameSetTest {

  @ParameterizedTest
  @ValueSource(ints = {3, 40, 1_000})
  void saysTheSameAsAPlainSet(int range) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FrameSet frames = new FrameSet();
    Set<Long> plain = new HashSet<>();
    for (int i = 0; i < 3 * range; i++) {
      long frame = random.nextInt(range);
      assertThat(frames.add(frame))
          .as("seed %d, frame %d", seed, frame)
          .isEqualTo(plain.add(frame));
      assertThat(frames.size()).as("seed %d", seed).isEqualTo(plain.size());
      long from = random.nextInt(range);
      long to = random.nextInt(range + 5);
      assertThat(spread(frames.missing(from, to)))
          .as("seed %d, from %d to %d", seed, from, to)
          .isEqualTo(absent(plain, from, to));
      assertThat(frames.first()).isEqualTo(plain.stream().min(Long::compare).orElseThrow());
      assertThat(frames.end()).isEqualTo(plain.stream().max(Long::compare).orElseThrow() + 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 40, 1_000})
  void addsARunAsItWouldItsFrames(int range) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    FrameSet whole = new FrameSet();
    FrameSet single = new FrameSet();
    for (int i = 0; i < range; i++) {
      Run run = new Run(random.nextInt(range), 1 + random.nextInt(4));
      long added = 0;
      for (long frame = run.first(); frame < run.end(); frame++) {
        added += single.add(frame) ? 1 : 0;
      }
      assertThat(whole.add(run)).as("seed %d, %s", seed, run).isEqualTo(added);
      assertThat(whole.size()).as("seed %d", seed).isEqualTo(single.size());
      assertThat(whole.runsFrom(0, Integer.MAX_VALUE))
          .as("seed %d", seed)
          .isEqualTo(single.runsFrom(0, Integer.MAX_VALUE));
    }
  }

  @Test
  void addsAnotherSet() {
    FrameSet frames = new FrameSet();
    frames.add(new Run(2, 3));
    FrameSet other = new FrameSet();
    other.add(new Run(4, 2));
    other.add(9);
    frames.addAll(other);
    assertThat(frames.runsFrom(0, 9)).containsExactly(new Run(2, 4), new Run(9, 1));
    assertThat(frames.size()).isEqualTo(5);
    assertThat(other.size()).isEqualTo(3);
  }

  private static List<Long> absent(Set<Long> plain, long from, long to) {
    List<Long> absent = new ArrayList<>();
    for (long frame = from; frame < to; frame++) {
      if (!plain.contains(frame)) {
        absent.add(frame);
      }
    }
    return absent;
  }

  private static List<Long> spread(List<Run> runs) {
    List<Long> frames = new ArrayList<>();
    long end = -1;
    for (Run run : runs) {
      assertThat(run.first()).as("runs ascend and do not touch").isGreaterThan(end);
      end = run.end();
      for (long frame = run.first(); frame < end; frame++) {
        frames.add(frame);
      }
    }
    return frames;
  }

  @Test
  void takesOutAllFromANumberOn() {
    for (long from = 0; from < 14; from++) {
      FrameSet frames = new FrameSet();
      frames.add(new Run(2, 3));
      frames.add(new Run(7, 2));
      frames.add(12);
      long first = from;
      List<Long> left = Stream.of(2L, 3L, 4L, 7L, 8L, 12L).filter(frame -> frame < first).toList();
      assertThat(frames.removeFrom(from)).as("from %d", from).isEqualTo(6 - left.size());
      assertThat(spread(frames.runsFrom(0, 9))).isEqualTo(left);
      assertThat(frames.size()).isEqualTo(left.size());
      for (long frame = 0; frame < 14; frame++) {
        assertThat(frames.contains(frame)).isEqualTo(left.contains(frame));
      }
    }
  }

  @Test
  void isEmptyAtFirst() {
    FrameSet frames = new FrameSet();
    assertThat(frames.size()).isZero();
    assertThat(frames.first()).isZero();
    assertThat(frames.end()).isZero();
    assertThat(frames.missing(2, 5)).containsExactly(new Run(2, 3));
    assertThat(frames.missing(5, 5)).isEmpty();
  }

  @Test
  void tellsALongHoleAsOneRun() {
    FrameSet frames = new FrameSet();
    frames.add(0);
    frames.add(FrameHeader.MAX_FRAME);
    assertThat(frames.missing(0, frames.end()))
        .containsExactly(new Run(1, FrameHeader.MAX_FRAME - 1));
  }

  @Test
  void aRunHasAFrame() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Run(0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Run(-1, 1));
  }
}
