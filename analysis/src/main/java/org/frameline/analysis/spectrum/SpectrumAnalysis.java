package org.frameline.analysis.spectrum;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.program.ProgramException;
import org.frameline.protocol.FrameShape;

/**
 * Transforms the images of a file with several threads, each of which reads, transforms and adds up
 * by itself. Memory depends on the size of one image, not on their number. Used once; keeps the
 * file open until it is closed.
 */
final class SpectrumAnalysis implements Closeable {
  /** Images that a thread takes at once: they may share a chunk, which is read once then. */
  private static final int BLOCK = 16;

  private static final long LOOK_EVERY_MS = 100;

  private final SpectrumConfig config;
  private final FrameSeries series;
  private final BooleanSupplier stop;
  private final AtomicInteger nextBlock = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private FrameShape shape;
  private Region region;
  private ChosenFrames chosen;
  private Spectra.Series found;

  private SpectrumAnalysis(SpectrumConfig config, FrameSeries series, BooleanSupplier stop) {
    this.config = config;
    this.series = series;
    this.stop = stop;
  }

  /**
   * Looks for the images.
   *
   * @throws IOException when there are none, or none that have a spectrum
   * @throws ProgramException when region or channel do not fit them
   */
  static SpectrumAnalysis open(SpectrumConfig config, BooleanSupplier stop) throws IOException {
    FrameSeries series = FrameSeries.open(config.file(), config.entry(), config.dataset());
    try {
      SpectrumAnalysis analysis = new SpectrumAnalysis(config, series, stop);
      analysis.prepare();
      series = null;
      return analysis;
    } finally {
      if (series != null) {
        series.close();
      }
    }
  }

  /**
   * Transforms all.
   *
   * @param progress gets how many images are done, on this thread
   * @return what was computed, or null when it was stopped
   * @throws IOException when an image cannot be read
   */
  Spectra run(LongConsumer progress) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(config.threads());
    try {
      List<Future<Power>> sums = new ArrayList<>();
      for (int i = 0; i < config.threads(); i++) {
        sums.add(threads.submit(this::sum));
      }
      Power mean = new Power(region.width(), region.height());
      for (Future<Power> sum : sums) {
        mean.add(await(sum, progress));
      }
      if (done.get() < chosen.count()) {
        return null;
      }
      mean.divide(chosen.count());
      List<Peak> peaks = Peak.strongest(mean, config.window(), config.peaks());
      return new Spectra(region, chosen, found, mean, peaks);
    } finally {
      threads.shutdownNow();
    }
  }

  private void prepare() throws IOException {
    series.warnWhenCutShort();
    shape = FrameShape.find(series.shape()).orElse(null);
    if (series.type().isComplex() || shape == null) {
      throw new IOException(
          config.file()
              + ": expected images [H,W] or [H,W,C], found "
              + series.type().wireName()
              + " "
              + series.shape());
    }
    int width = shape.width();
    int height = shape.height();
    if (config.channel() >= shape.channels()) {
      throw ProgramException.usage(
          "--channel: expected one of "
              + shape.channels()
              + " channels, found "
              + config.channel());
    }
    try {
      region = config.region().orElse(new Region(0, 0, width, height)).in(width, height);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--roi: " + e.getMessage());
    }
    chosen = config.selection().in(series);
    int count = chosen.count();
    if (count == 0) {
      throw new IOException(config.file() + ": expected frames in this range, found none");
    }
    found = new Spectra.Series(count);
    for (int i = 0; i < count; i++) {
      found.numbers[i] = series.number(chosen.row(i));
      found.timesNs[i] = series.timestampNs(chosen.row(i)).orElse(0);
    }
  }

  /** One thread's share. */
  private Power sum() throws IOException {
    int width = region.width();
    int height = region.height();
    FramePower power = new FramePower(width, height, config.engine().power32(height, width));
    try (FrameSeries own = series.another()) {
      Plane plane = Plane.of(shape, own.type(), region, config.channel(), config.window());
      ByteBuffer memory = ByteBuffer.allocateDirect(own.imageBytes());
      for (int i = begin(); i >= 0; i = next(i)) {
        plane.take(own.values(chosen.row(i), memory));
        power.transform(plane);
        found.total[i] = power.total();
        found.strongest[i] = Peak.strongest(power, config.window());
        done.incrementAndGet();
      }
    }
    return power.sum();
  }

  /** The first image of a block that nobody has taken; -1 when there is none. */
  private int begin() {
    int first = nextBlock.getAndIncrement() * BLOCK;
    return first < chosen.count() && !stop.getAsBoolean() ? first : -1;
  }

  private int next(int i) {
    return (i + 1) % BLOCK == 0 || i + 1 >= chosen.count() ? begin() : i + 1;
  }

  private Power await(Future<Power> sum, LongConsumer progress) throws IOException {
    while (true) {
      try {
        Power found = sum.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        progress.accept(done.get());
        return found;
      } catch (TimeoutException e) {
        progress.accept(done.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException cause) {
          throw cause;
        }
        if (e.getCause() instanceof Error cause) {
          throw cause;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  @Override
  public void close() throws IOException {
    series.close();
  }
}
