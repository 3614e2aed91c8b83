package org.frameline.publisher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.frameline.program.ProgramException;
import org.frameline.protocol.PixelFormat;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.publisher.source.SourceSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option {@code --source} and its help, for every command that opens a camera. */
public final class SourceOptions {
  private static final String SECTION = "sources";

  @Option(
      names = "--source",
      paramLabel = "SPEC",
      defaultValue = "synthetic:fringes",
      completionCandidates = Completions.class,
      description = "Camera, one of the sources below (default: ${DEFAULT-VALUE}).")
  private String source;

  /** Puts the list of sources before the example at the end of a command's help. */
  @Spec(Spec.Target.MIXEE)
  void explainSources(CommandSpec command) {
    List<String> keys = new ArrayList<>(command.usageMessage().sectionKeys());
    keys.add(keys.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), SECTION);
    command.usageMessage().sectionKeys(keys);
    command.usageMessage().sectionMap().put(SECTION, help -> sources());
  }

  private static String sources() {
    return SourceKinds.all().stream()
        .map(kind -> String.format("  %-16s  %s%n", kind.notation(), kind.meaning()))
        .collect(Collectors.joining("", String.format("%nSources:%n"), ""));
  }

  /** As the user wrote it; may hold a password. */
  public String text() {
    return source;
  }

  /** Which source is meant; a usage error when there is no such kind. */
  public SourceSpec spec() {
    try {
      return SourceKinds.parse(source);
    } catch (IllegalArgumentException e) {
      throw ProgramException.usage("--source: " + e.getMessage());
    }
  }

  /** The names of all pixel formats, for help and completion of {@code --format}. */
  public static final class Formats implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PixelFormat.pfncNames().iterator();
    }
  }

  /** What the Tab key offers after {@code --source}. */
  public static final class Completions implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return SourceKinds.all().stream().flatMap(kind -> kind.completions().stream()).iterator();
    }
  }
}
