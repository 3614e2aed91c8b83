package org.frameline.publisher.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.PixelFormat;
import org.frameline.testing.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyntheticSourceTest {

  @TempDir Path folder;

  private static FrameSource open(
      SyntheticSpec.Pattern pattern, int width, int height, PixelFormat format)
      throws SourceException {
    return Sources.open(
        "synthetic:" + pattern.specName(),
        request -> request.withSize(width, height).withFormat(format));
  }

  private static List<ByteBuffer> frames(FrameSource source, int count) throws SourceException {
    List<ByteBuffer> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      assertThat(source.grab()).isTrue();
      ByteBuffer frame = ByteBuffer.allocate(source.description().frameBytes());
      source.copyTo(frame);
      assertThat(frame.hasRemaining()).isFalse();
      frames.add(frame.flip());
    }
    return frames;
  }

  @ParameterizedTest
  @EnumSource
  void showsTheSameFramesInEveryRunAndNoTwoAlike(SyntheticSpec.Pattern pattern) throws Exception {
    for (PixelFormat format : PixelFormat.values()) {
      try (FrameSource first = open(pattern, 63, 41, format);
          FrameSource second = open(pattern, 63, 41, format)) {
        List<ByteBuffer> frames = frames(first, 20);
        assertThat(frames(second, 20)).as(format.pfncName()).isEqualTo(frames);
        assertThat(frames).as(format.pfncName()).doesNotHaveDuplicates();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void drawsSmallAndOddSizes(SyntheticSpec.Pattern pattern) throws Exception {
    int[][] sizes = {{1, 1}, {1, 7}, {7, 1}, {3, 2}, {17, 9}, {640, 1}};
    for (PixelFormat format : PixelFormat.values()) {
      for (int[] size : sizes) {
        try (FrameSource source = open(pattern, size[0], size[1], format)) {
          assertThat(source.description().frameBytes())
              .isEqualTo(size[0] * size[1] * format.bytesPerPixel());
          assertThat(frames(source, 3)).hasSize(3);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void copiesToTheSamePlaceInAnyKindOfBuffer(SyntheticSpec.Pattern pattern) throws Exception {
    try (FrameSource source = open(pattern, 50, 31, PixelFormat.MONO16)) {
      assertThat(source.grab()).isTrue();
      int bytes = source.description().frameBytes();
      ByteBuffer heap = ByteBuffer.allocate(bytes + 7).order(ByteOrder.BIG_ENDIAN).position(3);
      ByteBuffer direct =
          ByteBuffer.allocateDirect(bytes + 7).order(ByteOrder.LITTLE_ENDIAN).position(3);
      source.copyTo(heap);
      source.copyTo(direct);
      assertThat(heap.position()).isEqualTo(3 + bytes);
      assertThat(heap.rewind()).isEqualTo(direct.rewind());
      assertThat(new byte[] {heap.get(0), heap.get(2), heap.get(bytes + 3)}).containsOnly(0);
      assertThatThrownBy(() -> source.copyTo(ByteBuffer.allocate(bytes - 1)))
          .isInstanceOf(BufferOverflowException.class);
    }
  }

  @Test
  void isVgaAtThirtyFramesPerSecondUnlessAskedOtherwise() throws Exception {
    try (FrameSource source = Sources.open("synthetic:noise", request -> request)) {
      SourceDescription description = source.description();
      assertThat(description.format().shape(description.height(), description.width()).lengths())
          .containsExactly(480, 640, 3);
      assertThat(description.nominalFps()).isEqualTo(30);
      assertThat(description.live()).isFalse();
    }
    try (FrameSource source = Sources.open("synthetic:noise", request -> request.withFps(120))) {
      assertThat(source.description().nominalFps()).isEqualTo(120);
    }
  }

  @Test
  void stampsEachFrameWithTheTimeOfItsGrab() throws Exception {
    try (FrameSource source = Sources.open("synthetic:ramp", request -> request)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> source.copyTo(ByteBuffer.allocate(source.description().frameBytes())));
      Instant before = Instant.now();
      assertThat(source.grab()).isTrue();
      Instant stamp = Instant.ofEpochSecond(0, source.timestampNs());
      assertThat(stamp).isBetween(before, Instant.now());
      source.cancel();
      assertThat(source.grab()).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({"Mono8,300,200", "RGB8,301,7", "Mono16,5,300"})
  void theRampFollowsItsFormula(String format, int width, int height) throws Exception {
    String program =
        """
        import sys, numpy as np
        path, kind, w, h = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        dtype = '<u2' if kind == 'Mono16' else 'u1'
        got = np.fromfile(path, dtype).reshape((300, h, w, 3) if kind == 'RGB8' else (300, h, w))
        n, y, x = np.ogrid[:300, :h, :w]
        s = x + y + n
        want = {'Mono8': lambda: s % 256, 'Mono16': lambda: 257 * s % 65536,
                'RGB8': lambda: (s[..., None] + 64 * np.arange(3)) % 256}[kind]()
        print(np.array_equal(got, want))
        """;
    try (FrameSource source =
        open(SyntheticSpec.Pattern.RAMP, width, height, PixelFormat.ofPfncName(format))) {
      Path dump = Sources.dump(source, 300, folder.resolve("ramp.raw"));
      assertThat(Python.run(program, dump, format, width, height)).isEqualTo("True");
    }
  }

  @ParameterizedTest
  @CsvSource({"RGB8,640,480", "Mono8,321,241", "Mono16,100,90", "RGB8,24,10"})
  void theFringesPeakInTheBinThatTheHeaderNames(String format, int width, int height)
      throws Exception {
    String program =
        """
        import sys, numpy as np
        path, kind, w, h = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
        fx, fy, step = map(float, sys.argv[5:8])
        dtype = '<u2' if kind == 'Mono16' else 'u1'
        channels = 3 if kind == 'RGB8' else 1
        frames = np.fromfile(path, dtype).reshape(5, h, w, channels)
        phases = []
        for frame in frames:
            for c in range(channels):
                power = np.abs(np.fft.rfft2(frame[..., c]))**2
                power[0, 0] = 0
                peak = np.unravel_index(power.argmax(), power.shape)
                assert peak == (fy, fx), (peak, fy, fx)
                assert power[peak] > 0.99 * power.sum(), power[peak] / power.sum()
            phases.append(np.angle(np.fft.rfft2(frame[..., 0])[peak]) / (2 * np.pi))
        moved = np.diff(np.unwrap(phases, period=1))
        assert np.allclose(moved, step, atol=1e-3), (moved, step)
        if kind == 'RGB8':
            assert not np.array_equal(frames[..., 0], frames[..., 1])
        assert kind != 'Mono16' or (frames.min() < 200 and frames.max() > 65335)
        print('good')
        """;
    try (FrameSource source =
        open(SyntheticSpec.Pattern.FRINGES, width, height, PixelFormat.ofPfncName(format))) {
      var keys = source.description().extraHeaderKeys();
      Path dump = Sources.dump(source, 5, folder.resolve("fringes.raw"));
      assertThat(
              Python.run(
                  program,
                  dump,
                  format,
                  width,
                  height,
                  keys.get("fringe_cycles_x"),
                  keys.get("fringe_cycles_y"),
                  keys.get("fringe_cycles_per_frame")))
          .isEqualTo("good");
    }
  }

  @Test
  void theFringesOfAVgaPictureHaveTwentyByEightCycles() throws Exception {
    try (FrameSource source = Sources.open("synthetic:fringes", request -> request)) {
      assertThat(source.description().extraHeaderKeys())
          .containsEntry("fringe_cycles_x", 20.0)
          .containsEntry("fringe_cycles_y", 8.0);
    }
  }

  @ParameterizedTest
  @CsvSource({"Mono8", "RGB8", "Mono16"})
  void theNoiseIsUniformAndIndependent(String format) throws Exception {
    String program =
        """
        import sys, numpy as np, scipy.stats
        data = np.fromfile(sys.argv[1], '<u2' if sys.argv[2] == 'Mono16' else 'u1')
        frames = data.reshape(4, -1).astype(float)
        counts = np.bincount(data >> (8 if sys.argv[2] == 'Mono16' else 0), minlength=256)
        assert scipy.stats.chisquare(counts).pvalue > 1e-4
        others = np.corrcoef(frames)[~np.eye(4, dtype=bool)]
        shifted = [np.corrcoef(f[k:], f[:-k])[0, 1] for f in frames for k in (1, 3, 8, 320)]
        assert np.abs(others).max() < 0.02 and np.abs(shifted).max() < 0.02, (others, shifted)
        print('good')
        """;
    try (FrameSource source =
        open(SyntheticSpec.Pattern.NOISE, 321, 240, PixelFormat.ofPfncName(format))) {
      Path dump = Sources.dump(source, 4, folder.resolve("noise.raw"));
      assertThat(Python.run(program, dump, format)).isEqualTo("good");
    }
  }

  @ParameterizedTest
  @CsvSource({"Mono8,0", "RGB8,1", "Mono16,0"})
  void theParticlesDiffuseAsTheHeaderSays(String format, int channel) throws Exception {
    String program =
        """
        import sys, numpy as np, scipy.ndimage as nd
        path, kind, channel, step, count = sys.argv[1], sys.argv[2], *map(float, sys.argv[3:6])
        dtype, scale = ('<u2', 257) if kind == 'Mono16' else ('u1', 1)
        frames = np.fromfile(path, dtype).reshape(60, 480, 640, -1)[..., int(channel)] / scale
        assert 18 < np.median(frames) < 22, np.median(frames)
        def spots(frame):
            light = nd.gaussian_filter(frame - 20, 1)
            labels, n = nd.label(light > 40)
            areas = nd.sum(labels > 0, labels, range(1, n + 1))
            single = [i + 1 for i in range(n) if 20 < areas[i] < 75]
            return np.array(nd.center_of_mass(light, labels, single))
        moves = []
        previous = spots(frames[0])
        for frame in frames[1:]:
            now = spots(frame)
            assert 0.5 * count < len(now) <= count, (len(now), count)
            for p in previous:
                d = now - p
                q = (d**2).sum(1)
                order = np.argsort(q)
                # Only where the partner is certain, and away from the border that cuts spots.
                if q[order[1]] > 400 and q[order[0]] < 36 and (20 < p).all() and (p < [460, 620]).all():
                    moves.append(d[order[0]])
            previous = now
        moves = np.array(moves)
        print(len(moves), np.mean(moves), np.sqrt(np.mean(moves**2)) / step)
        assert len(moves) > 500
        assert abs(np.mean(moves)) < 0.1
        assert abs(np.sqrt(np.mean(moves**2)) / step - 1) < 0.15
        """;
    try (FrameSource source =
        open(SyntheticSpec.Pattern.PARTICLES, 640, 480, PixelFormat.ofPfncName(format))) {
      var keys = source.description().extraHeaderKeys();
      Path dump = Sources.dump(source, 60, folder.resolve("particles.raw"));
      assertThat(
              Python.run(
                  program,
                  dump,
                  format,
                  channel,
                  keys.get("particle_step_px"),
                  keys.get("particle_count")))
          .isNotEmpty();
    }
  }
}
