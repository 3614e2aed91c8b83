package org.frameline.analysis.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.frameline.analysis.images.ChosenFrames;
import org.frameline.analysis.images.FrameSeries;
import org.frameline.analysis.video.VideoFormat;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;
import org.frameline.program.Progress;

/** Reads images one by one and hands them on as pictures. Owns the files; used by one thread. */
final class Export {
  /** Frames/s of a video where nobody knows. */
  static final double USUAL_RATE = 25;

  private static final double NS_PER_S = Duration.ofSeconds(1).toNanos();

  private final ExportConfig config;
  private final BooleanSupplier stop;

  /**
   * What was done.
   *
   * @param frames how many images went out
   * @param missing how many numbers that were asked for are not in the file
   * @param firstMissing the first of them, -1 when there is none
   * @param seconds how long it took
   * @param summary what was made, in words
   * @param usualRate whether the rate of a video was nobody's
   */
  record Result(
      long frames,
      long missing,
      long firstMissing,
      double seconds,
      String summary,
      boolean usualRate) {}

  Export(ExportConfig config, BooleanSupplier stop) {
    this.config = config;
    this.stop = stop;
  }

  /**
   * Does it.
   *
   * @throws ProgramException in one line, when something cannot be read or written, or it was
   *     stopped
   */
  Result run() {
    long beganNs = System.nanoTime();
    try (FrameSeries series = FrameSeries.open(config.file(), config.entry(), config.dataset())) {
      series.warnWhenCutShort();
      ChosenFrames chosen = choose(series);
      if (chosen.count() > 1) {
        series.readAhead();
      }
      requireWritable(series, chosen);
      PictureMaker maker = new PictureMaker(series, depth(), config.levels(), chosen);
      try (PictureSink out = open(series, chosen, maker);
          Progress progress =
              new Progress("exporting", chosen.count(), () -> config.target().path().toString())) {
        for (int i = 0; i < chosen.count(); i++) {
          if (stop.getAsBoolean()) {
            out.settle();
            throw ProgramException.failed(
                "stopped after " + i + " of " + chosen.count() + " frames" + left(i), null);
          }
          int row = chosen.row(i);
          out.add(row, maker.make(row));
          progress.update(out.done());
        }
        out.finish();
        progress.update(out.done());
        return new Result(
            chosen.count(),
            chosen.missing(),
            chosen.firstMissing(),
            (System.nanoTime() - beganNs) / NS_PER_S,
            out.summary(),
            isVideo() && config.rate().isEmpty() && series.rate().isEmpty());
      }
    } catch (IOException e) {
      throw ProgramException.failed(e.getMessage(), e);
    }
  }

  private String left(int pictures) {
    return config.target().kind() == Target.Kind.SERIES && pictures > 0
        ? "; their pictures are there"
        : "; nothing was written";
  }

  private boolean isVideo() {
    return config.target().kind() == Target.Kind.VIDEO;
  }

  private PictureMaker.Depth depth() {
    return switch (config.target().kind()) {
      case PICTURE, SERIES -> PictureMaker.Depth.ALL;
      case VIDEO, CONTACT_SHEET -> PictureMaker.Depth.EIGHT;
    };
  }

  private ChosenFrames choose(FrameSeries series) {
    ChosenFrames chosen = config.selection().in(series);
    if (chosen.count() == 0) {
      throw ProgramException.failed(nothing(series), null);
    }
    if (config.target().kind() == Target.Kind.PICTURE && chosen.count() > 1) {
      throw ProgramException.usage(
          config.target().path()
              + " holds one picture, and "
              + chosen.count()
              + " are asked for; add --frame N, or use a folder or a name such as frame_%06d.png");
    }
    return config.target().kind() == Target.Kind.CONTACT_SHEET
        ? chosen.spread(config.tiles().columns() * config.tiles().rows())
        : chosen;
  }

  private String nothing(FrameSeries series) {
    int last = series.frames() - 1;
    return config.file()
        + (last < 0
            ? ": there are no frames in it"
            : ": none of the frames asked for is there; it holds "
                + series.frames()
                + ", from "
                + series.number(0)
                + " to "
                + series.number(last));
  }

  /** Before the first hour of work, not after it. */
  private void requireWritable(FrameSeries series, ChosenFrames chosen) {
    Target target = config.target();
    if (target.kind() != Target.Kind.SERIES) {
      OutputFile.requireWritable(target.path(), config.overwrite(), "--overwrite");
      return;
    }
    try {
      Files.createDirectories(target.folder());
    } catch (IOException e) {
      throw ProgramException.failed("cannot make the folder " + target.folder(), e);
    }
    OutputFile.requireWritable(
        target.file(series.number(chosen.row(0))), config.overwrite(), "--overwrite");
    for (int i = 0; i < chosen.count(); i++) {
      Path file = target.file(series.number(chosen.row(i)));
      if (Files.exists(file)) {
        OutputFile.requireWritable(file, config.overwrite(), "--overwrite");
      }
    }
  }

  private PictureSink open(FrameSeries series, ChosenFrames chosen, PictureMaker maker)
      throws IOException {
    Target target = config.target();
    return switch (target.kind()) {
      case PICTURE, SERIES -> new PictureOutput(series, target, maker.bytes());
      case VIDEO -> video(series, chosen, maker);
      case CONTACT_SHEET ->
          new ContactSheetOutput(
              target.path(),
              series,
              new ContactSheet(
                  chosen.count(), config.tiles().columns(), maker.width(), maker.height()),
              chosen.count());
    };
  }

  /** Every Nth frame stands for N, unless a rate is asked for. */
  private PictureSink video(FrameSeries series, ChosenFrames chosen, PictureMaker maker)
      throws IOException {
    long every = config.selection().every();
    OptionalDouble taken = series.rate();
    double rate = config.rate().orElse(taken.orElse(USUAL_RATE) / every);
    VideoFormat format;
    try {
      format = new VideoFormat(maker.width(), maker.height(), maker.channels() == 3, rate);
    } catch (IllegalArgumentException e) {
      throw new IOException(config.file() + ": no video can be made: " + e.getMessage(), e);
    }
    long first = series.number(chosen.row(0));
    return new VideoOutput(config.target().path(), format, series, first, every);
  }
}
