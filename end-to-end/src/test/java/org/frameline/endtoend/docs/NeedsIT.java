package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What scripts/needs.sh does about programs that are missing. Nothing is installed: an apt-get of
 * the test's own stands first on the path and writes down how it was called.
 */
class NeedsIT {
  private static final String INSTALL = "install -y --no-install-recommends no-such-package";

  @TempDir private Path folder;

  @Test
  void contributingHasTheTableThatTheScriptsUse() throws IOException {
    String table =
        Checkout.read("scripts/needs.txt")
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(NeedsIT::asMarkdown)
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(table.lines()).hasSizeGreaterThan(20);
    assertThat(Checkout.read("CONTRIBUTING.md")).contains("|---|---|---|---|---|\n" + table);
  }

  private static String asMarkdown(String row) {
    String[] cells = row.split(" \\| ");
    assertThat(cells).as(row).hasSize(6);
    return Stream.of(cells[1], cells[2], cells[3], cells[4], cells[5])
        .map(cell -> List.of("-", "none", cells[2]).contains(cell) ? cell : "`" + cell + "`")
        .collect(Collectors.joining(" | ", "| ", " |"));
  }

  @Test
  void whatIsThereIsFoundAndNothingIsInstalled() throws Exception {
    aptGetThatInstalls("exit 0");
    assertThat(need("")).isEmpty();
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void packageListsAreFetchedWhenThoseAtHandDoNotServe() throws Exception {
    aptGetThatInstalls("[ -e lists ] || exit 100");
    assertThat(need(missing("yes=yes"))).isEqualTo("frameline: installing no-such-package");
    assertThat(calls()).containsExactly(INSTALL, "update", INSTALL);
    assertThat(folder.resolve("environment")).content().contains("noninteractive");
  }

  @Test
  void anotherProgramThatInstallsIsWaitedFor() throws Exception {
    aptGetThatInstalls(
        "if [ ! -e tried ]; then touch tried; echo 'E: Could not get lock x'; exit 100; fi");
    assertThat(need(missing("yes=yes")))
        .contains("another program is installing; waiting for it, 120 s at most");
    assertThat(calls()).containsExactly(INSTALL, INSTALL);
  }

  @Test
  void whereNobodyAgreesOneLineSaysWhatToType() throws Exception {
    aptGetThatInstalls("exit 0");
    String line = "frameline: missing: command no-such-program; install it with: ";
    assertThat(need(missing("only_look=yes"), 1))
        .startsWith(line)
        .contains(INSTALL)
        .hasLineCount(1);
    assertThat(folder.resolve("calls")).doesNotExist();
  }

  @Test
  void whatCannotBeInstalledIsSaidWithThePackageManagersWords() throws Exception {
    aptGetThatInstalls("echo 'E: no route to host'; exit 100");
    assertThat(need(missing("yes=yes"), 1))
        .contains("E: no route to host", "frameline: could not install; try: ", INSTALL);
  }

  @Test
  void aWrongJavaHomeIsOneLine() throws Exception {
    for (String script : List.of("scripts/demo", "scripts/test")) {
      String line = "export JAVA_HOME=/nowhere; " + script;
      try (Started started = new Started(folder)) {
        assertThat(started.shell(line).endsWith(1))
            .isEqualTo(
                "frameline: JAVA_HOME is /nowhere, which is no JDK of version 17 or newer;"
                    + " correct it or unset it");
      }
    }
  }

  /** An apt-get that runs a line of the shell, and makes the missing program if that goes well. */
  private void aptGetThatInstalls(String line) throws IOException {
    Path apt = folder.resolve("apt-get");
    Files.writeString(
        apt,
        """
        #!/bin/bash
        cd "${0%%/*}"
        while [ "${1#-}" != "$1" ]; do [ "$1" != -o ] || shift; shift; done
        echo "$*" >>calls
        echo "$DEBIAN_FRONTEND" >environment
        if [ "$1" = update ]; then touch lists; exit; fi
        %s
        printf '#!/bin/sh\\n' >no-such-program
        chmod +x no-such-program
        """
            .formatted(line));
    assertThat(apt.toFile().setExecutable(true)).isTrue();
  }

  /** Lines of the shell that put a table with one need in place of the real one. */
  private static String missing(String consent) {
    String row = "test | command no-such-program | a test | no-such-package | - | -";
    return "echo '" + row + "' >needs.txt; needs=$PWD/needs.txt; unset CI; " + consent + "; ";
  }

  private String need(String before) throws Exception {
    return need(before, 0);
  }

  private String need(String before, int exitCode) throws Exception {
    String line = "set -euo pipefail; PATH=$PWD:$PATH; . scripts/needs.sh; " + before + "need test";
    try (Started started = new Started(folder)) {
      return started.shell(line).endsWith(exitCode);
    }
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(folder.resolve("calls"));
  }
}
