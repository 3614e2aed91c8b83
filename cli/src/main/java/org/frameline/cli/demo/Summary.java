package org.frameline.cli.demo;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.frameline.cli.demo.Results.Receiver;
import org.frameline.cli.page.Figures;

/** The result of a demo as text for a terminal. Without state. */
final class Summary {
  private Summary() {}

  static String of(Results results, List<DemoFile> files) {
    StringBuilder text = new StringBuilder("\n");
    row(
        text,
        "published",
        Figures.count(results.published()) + " frames",
        "the first after "
            + Figures.seconds(results.firstFrameAfter())
            + ", all after "
            + Figures.seconds(results.lasted()),
        "",
        "");
    receiver(text, "recorded", results.recorder());
    receiver(text, "transformed", results.sink());
    row(
        text,
        "workers",
        results.shares().stream()
            .map(share -> share.worker() + " " + Figures.percent(share.share()))
            .collect(Collectors.joining(", ")),
        "",
        "",
        "");
    text.append('\n');
    for (DemoFile file : files) {
      text.append(
          String.format(
              Locale.ROOT,
              "  %-40s %9s  %s%n",
              file.path(),
              Figures.bytes(file.bytes()),
              file.what()));
    }
    text.append("\nOpen ")
        .append(last(files).path())
        .append(" in a browser, or the frames in Python:\n");
    return text.append("  ").append(python(files.get(0))).append('\n').toString();
  }

  /** The shortest way from a file to an array. */
  static String python(DemoFile recording) {
    return "python3 -c \"import h5py; print(h5py.File('"
        + recording.path()
        + "')['entry/data/data'])\"";
  }

  private static DemoFile last(List<DemoFile> files) {
    return files.get(files.size() - 1);
  }

  private static void receiver(StringBuilder text, String name, Receiver receiver) {
    row(
        text,
        name,
        Figures.count(receiver.frames()) + " frames",
        Figures.count(receiver.missing()) + " missing",
        Figures.rate(receiver.framesPerSecond())
            + " frames/s, "
            + Figures.megabytesPerSecond(receiver.bytesPerSecond()),
        "latency p50 "
            + Figures.milliseconds(receiver.latencyP50Ms())
            + ", p99 "
            + Figures.milliseconds(receiver.latencyP99Ms()));
  }

  private static void row(StringBuilder text, String name, String... cells) {
    text.append(
        String.format(
                Locale.ROOT,
                "  %-12s %-13s %-10s  %-24s  %s",
                name,
                cells[0],
                cells[1],
                cells[2],
                cells[3])
            .stripTrailing());
    text.append('\n');
  }
}
