package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.program.StopSignal;
import org.frameline.publisher.source.SourceKind;
import org.frameline.publisher.source.SourceKinds;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
  @TempDir Path folder;

  static Stream<String> commands() {
    return Frameline.commandLine(new StopSignal()).getSubcommands().keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    Shell.Ending ending = Shell.run(command, "--help");
    assertThat(ending.code()).isZero();
    assertThat(ending.err()).isEmpty();
    assertThat(ending.out()).anyMatch(line -> line.contains("frameline " + command));
    assertThat(ending.out()).allSatisfy(line -> assertThat(line.length()).isLessThan(81));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void aCommandThatIsNamedIsTheSameAlone(String command) {
    CommandLine alone = Frameline.commandLine(new StopSignal(), command, "--help");
    CommandLine all = Frameline.commandLine(new StopSignal());
    assertThat(alone.getSubcommands().get(command).getUsageMessage())
        .isEqualTo(all.getSubcommands().get(command).getUsageMessage());
    boolean tellsOfOthers = command.equals("generate-completion");
    assertThat(alone.getSubcommands()).hasSize(tellsOfOthers ? all.getSubcommands().size() : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "publsh", ""})
  void whatNamesNoCommandMeetsThemAll(String word) {
    assertThat(Frameline.commandLine(new StopSignal(), word).getSubcommands())
        .hasSameSizeAs(Frameline.commandLine(new StopSignal()).getSubcommands());
    assertThat(Frameline.commandLine(new StopSignal(), new String[0]).getSubcommands())
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void theExampleOfEveryCommandIsACommandThatParses(String command) {
    // The completion script is for shells, and tells its own way of use.
    if (command.equals("generate-completion")) {
      assertThat(Shell.run(command, "--help").out()).isNotEmpty();
      return;
    }
    List<String> lines = Shell.run(command, "--help").out();
    assertThat(lines).anyMatch(line -> line.startsWith("Example"));
    String example = lines.get(lines.size() - 1).strip();
    assertThat(example).startsWith("frameline " + command);
    String[] args = Shell.words(example.substring("frameline ".length()));
    CommandLine.ParseResult parsed = Frameline.commandLine(new StopSignal()).parseArgs(args);
    assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"publish", "demo"})
  void everySourceIsExplainedAndCompleted(String command) {
    String help = String.join("\n", Shell.run(command, "--help").out());
    List<String> completions = new ArrayList<>();
    Frameline.commandLine(new StopSignal())
        .getSubcommands()
        .get(command)
        .getCommandSpec()
        .findOption("--source")
        .completionCandidates()
        .forEach(completions::add);
    for (SourceKind kind : SourceKinds.all()) {
      assertThat(help).contains(kind.notation() + "  ", kind.meaning());
      for (String prefix : kind.prefixes()) {
        assertThat(completions).anyMatch(completion -> completion.startsWith(prefix));
      }
    }
  }

  @Test
  void everyOptionIsExplained() {
    for (CommandLine command : Frameline.commandLine(new StopSignal()).getSubcommands().values()) {
      assertThat(command.getCommandSpec().options())
          .allSatisfy(
              option -> assertThat(option.description()).as(option.longestName()).isNotEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsTheVersion(String command) {
    Shell.Ending ending = Shell.run(command, "--version");
    if (command.equals("generate-completion")) {
      assertThat(ending.code()).isZero();
      return;
    }
    assertThat(ending.code()).isZero();
    assertThat(ending.out()).singleElement().asString().startsWith("frameline ");
    assertThat(ending.err()).isEmpty();
  }

  @Test
  void frameLineItselfTellsItsCommandsAndVersion() {
    Shell.Ending help = Shell.run("--help");
    assertThat(help.code()).isZero();
    assertThat(String.join("\n", help.out())).contains(commands().toList()).contains("Example");
    assertThat(Shell.run("--version").out()).singleElement().asString().startsWith("frameline ");
  }

  @Test
  void theCompletionScriptIsGoodBash() throws Exception {
    Shell.Ending ending = Shell.run("generate-completion");
    assertThat(ending.code()).isZero();
    Path script = Files.write(folder.resolve("completion.sh"), ending.out());
    String check = "bash -n \"$1\" && . \"$1\" && complete -p frameline";
    String printed =
        Program.run(folder, "bash", "-c", check, "bash", script.toString()).succeeded();
    assertThat(printed).contains("frameline");
  }
}
