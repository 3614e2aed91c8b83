package org.frameline.sink;

import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.logging.Logger;
import org.HdrHistogram.Histogram;
import org.bytedeco.javacpp.Pointer;
import org.frameline.recording.hdf5.MetadataImage;
import org.frameline.recording.write.ResultGroup;
import org.frameline.worker.FftCommand;
import org.jtransforms.fft.FloatFFT_1D;
import org.knowm.xchart.XYChart;
import org.zeromq.ZContext;
import picocli.CommandLine;

/** Breaks every rule that a class of a program can break; never run. */
public final class OffenderInSink {
  private OffenderInSink() {}

  /** Another program, and the libraries that live elsewhere. */
  public static Object[] wrong() {
    try (HdfFile file = new HdfFile(Path.of("x.h5"));
        ZContext context = new ZContext()) {
      return new Object[] {
        file.size(),
        context.isClosed(),
        FftCommand.class,
        new FloatFFT_1D(8),
        Pointer.maxBytes(),
        new Histogram(3),
        new XYChart(9, 9),
        CommandLine.VERSION.length(),
        new CommandLine(new Object()),
        Logger.getAnonymousLogger(),
        new MetadataImage(0),
        new ResultGroup()
      };
    }
  }

  /** What nobody may call. */
  @SuppressWarnings({"ThreadSleep", "CatchAndPrintStackTrace"})
  public static void wrongCalls() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      e.printStackTrace();
    }
    System.exit(1);
  }
}
