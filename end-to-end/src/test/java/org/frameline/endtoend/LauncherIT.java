package org.frameline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launchers find what they start, whatever path and whatever links lead to them. */
class LauncherIT {
  private static final Path DISTRIBUTION = Path.of("cli/target/frameline");

  private Path directory;

  @BeforeEach
  void useTheRealPath(@TempDir Path temporary) throws IOException {
    directory = temporary.toRealPath();
  }

  /** JUnit would, and say so of each. */
  @AfterEach
  void removeLinks() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path link : files.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"scripts/frameline", "scripts/demo", "cli/target/frameline/bin/frameline"})
  void isFoundThroughLinks(String launcher) throws IOException {
    Path target = Checkout.file(launcher).toRealPath();
    Path bin = Files.createDirectories(directory.resolve("my bin"));
    Path deep = Files.createDirectories(directory.resolve("a/b/c"));
    Path absolute = link(bin.resolve("absolute"), target);
    Path relative = link(bin.resolve("relative"), bin.relativize(target));
    Path chain = link(deep.resolve("chain"), Path.of("../../../my bin/relative"));
    Path folder = link(directory.resolve("folder"), target.getParent());
    // What is relative is so to the folder that the link really is in.
    Path linkedBin = link(deep.resolve("linked bin"), bin);
    assertTellVersion(
        absolute,
        relative,
        chain,
        folder.resolve(target.getFileName()),
        linkedBin.resolve("relative"));
  }

  @Test
  void isFoundInAFolderWithSpacesInItsName() throws IOException {
    Path checkout = directory.resolve("my own checkout");
    for (String file :
        List.of(
            "scripts/frameline",
            "scripts/demo",
            "scripts/needs.sh",
            "scripts/needs.txt",
            DISTRIBUTION + "/bin/frameline")) {
      Path copy = checkout.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(Checkout.file(file), copy);
      assertThat(copy.toFile().setExecutable(true)).isTrue();
    }
    link(
        checkout.resolve(DISTRIBUTION).resolve("lib"),
        Checkout.file("cli/target/frameline").toRealPath().resolve("lib"));
    assertTellVersion(
        checkout.resolve("scripts/frameline"),
        checkout.resolve("scripts/demo"),
        checkout.resolve(DISTRIBUTION).resolve("bin/frameline"),
        link(
            Files.createDirectories(directory.resolve("bin")).resolve("linked"),
            Path.of("../my own checkout/scripts/frameline")));
  }

  /**
   * A build without tests asks for other things than one with them. Without sources it is quick,
   * and what comes out cannot start.
   */
  @Test
  void buildsWhereNothingIsBuilt() throws IOException {
    Path checkout = directory.resolve("fresh");
    try (Stream<Path> modules = Files.list(Checkout.file(""))) {
      for (Path pom : modules.map(module -> module.resolve("pom.xml")).toList()) {
        copyTo(checkout, pom);
      }
    }
    for (String name :
        List.of(
            "pom.xml",
            ".mvn",
            "mvnw",
            "scripts",
            "cli/src/assembly",
            "cli/src/build",
            "cli/src/launcher")) {
      copyTo(checkout, Checkout.file(name));
    }
    try (Program program =
        Program.start(directory, checkout.resolve("scripts/frameline").toString(), "--version")) {
      program.awaitExit(Duration.ofMinutes(3));
      assertThat(program.output())
          .contains("building once, this takes a minute or two")
          .doesNotContain("the build failed");
    }
    assertThat(checkout.resolve(DISTRIBUTION).resolve("bin/frameline")).isExecutable();
  }

  /** A file, or all files of a folder, at the same path in another checkout. */
  private static void copyTo(Path checkout, Path file) throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    try (Stream<Path> files = Files.walk(file)) {
      for (Path from : files.filter(Files::isRegularFile).toList()) {
        Path to = checkout.resolve(Checkout.file("").relativize(from).toString());
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  /** With -Xshare:on Java does not start without an archive that fits. */
  @Test
  void startsWithTheArchiveOfClassesThatTheBuildMade() {
    assertThat(versionWith(Checkout.file(DISTRIBUTION + "/bin/frameline"), "-Xshare:on")).isZero();
  }

  @Test
  void makesTheArchiveAnewInAnotherFolder() throws IOException {
    Path launcher = copyOfTheDistribution();
    Path lib = launcher.getParent().resolveSibling("lib");
    Files.copy(Checkout.file(DISTRIBUTION + "/lib/frameline.jsa"), lib.resolve("frameline.jsa"));
    Files.copy(
        Checkout.file(DISTRIBUTION + "/lib/frameline.jsa.for"), lib.resolve("frameline.jsa.for"));
    // The class path in it is that of the other folder, which Java passes over in silence.
    assertThat(versionWith(launcher, "-Xshare:auto")).isZero();
    Awaitility.await("an archive for this folder")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                Files.readString(lib.resolve("frameline.jsa.for")).startsWith(lib + "\n")
                    && !Files.exists(lib.resolve("frameline.jsa.lock")));
    assertThat(versionWith(launcher, "-Xshare:on")).isZero();
  }

  /** To read a pipe would wait for who writes to it. */
  @Test
  void startsWherePipesAreNamedLikeTheArchive() throws IOException {
    Path launcher = copyOfTheDistribution();
    Path lib = launcher.getParent().resolveSibling("lib");
    Program.start(lib, "mkfifo", "frameline.jsa", "frameline.jsa.for").endsWith(0);
    assertThat(versionWith(launcher, "-Xshare:auto")).isZero();
    Awaitility.await("an archive in their place")
        .atMost(Duration.ofMinutes(1))
        .until(
            () ->
                Files.isRegularFile(lib.resolve("frameline.jsa.for"))
                    && !Files.exists(lib.resolve("frameline.jsa.lock")));
  }

  @Test
  void startsWithoutAnArchiveWhereNoneCanBe() throws IOException {
    Path launcher = copyOfTheDistribution();
    Path lib = launcher.getParent().resolveSibling("lib");
    Files.delete(lib.resolve("frameline.classes"));
    assertThat(versionWith(launcher, "-Xshare:auto")).isZero();
    assertThat(lib.resolve("frameline.jsa")).doesNotExist();
  }

  /** A wrong option ends the worker, once it has looked for the engine. */
  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void startsWhatTransformsWithTheModuleOfVectorsUnlessItIsOff(String vector) {
    try (Program worker =
        Program.start(
            directory,
            "env",
            "FRAMELINE_VECTOR=" + vector,
            Checkout.file(DISTRIBUTION + "/bin/frameline").toString(),
            "fft",
            "--engine=vector",
            "--threads=none")) {
      assertThat(worker.awaitExit()).isEqualTo(2);
      if (vector.equals("off")) {
        assertThat(worker.output()).contains("without --add-modules").doesNotContain("WARNING");
      } else {
        assertThat(worker.output()).doesNotContain("without --add-modules");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "status, 1, 15000",
    "ventilate, 1, 15000",
    "sink, 1, 15000",
    "sink --checksum fletcher32, 4, 5000",
    "record --checksum=none, 4, 5000",
    "record, 1, 15000",
    "fft, 4, 200000",
    "publish, 4, 200000",
    "verify, 4, 15000",
    "copy, 4, 15000",
    "serve, 4, 15000",
    "fetch, 4, 15000",
    "spectrum, 4, 5000"
  })
  void whatComputesHasTheSecondCompiler(String command, int level, int calls) {
    List<String> words =
        new ArrayList<>(List.of("env", "FRAMELINE_JAVA_OPTS=-XX:+PrintFlagsFinal"));
    words.add(Checkout.file(DISTRIBUTION + "/bin/frameline").toString());
    words.addAll(List.of(command.split(" ")));
    words.add("--help");
    try (Program program = Program.start(directory, words.toArray(String[]::new))) {
      assertThat(program.awaitExit()).isZero();
      assertThat(program.output())
          .containsPattern("TieredStopAtLevel += " + level + " ")
          .containsPattern("Tier4InvocationThreshold += " + calls + " ");
    }
  }

  /** A package that was renamed would be compiled as late as what moves messages. */
  @Test
  void namesPackagesThatAreThere() throws IOException {
    String launcher = Files.readString(Checkout.file(DISTRIBUTION + "/bin/frameline"));
    List<String> classes =
        Files.readAllLines(Checkout.file(DISTRIBUTION + "/lib/frameline.classes"));
    Matcher named = Pattern.compile("[ (]org\\.frameline\\.([a-z.]+)(?=[ ;])").matcher(launcher);
    assertThat(named.results().map(found -> found.group().strip()).toList())
        .hasSizeGreaterThan(2)
        .allSatisfy(
            name -> assertThat(classes).anyMatch(line -> line.startsWith(name.replace('.', '/'))));
  }

  /** Its jars are links. */
  private Path copyOfTheDistribution() throws IOException {
    Path copy = directory.resolve("a copy");
    for (String folder : List.of("bin", "lib")) {
      Files.createDirectories(copy.resolve(folder));
      try (Stream<Path> files = Files.list(Checkout.file(DISTRIBUTION + "/" + folder))) {
        for (Path file : files.toList()) {
          String name = file.getFileName().toString();
          Path to = copy.resolve(folder).resolve(name);
          if (name.endsWith(".jar")) {
            link(to, file.toRealPath());
          } else if (!name.startsWith("frameline.jsa")) {
            Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
          }
        }
      }
    }
    return copy.resolve("bin/frameline");
  }

  private int versionWith(Path launcher, String option) {
    try (Program program =
        Program.start(
            directory, "env", "FRAMELINE_JAVA_OPTS=" + option, launcher.toString(), "--version")) {
      int status = program.awaitExit();
      assertThat(program.output()).matches("frameline \\d+\\.\\d+\\.\\S+");
      return status;
    }
  }

  private static Path link(Path link, Path target) throws IOException {
    return Files.createSymbolicLink(link, target);
  }

  /** And nothing is built; with a readlink that has no options, and where CDPATH is set. */
  private void assertTellVersion(Path... launchers) throws IOException {
    Path simple = Files.createDirectories(directory.resolve("simple"));
    Path readlink =
        Files.writeString(
            simple.resolve("readlink"),
            "#!/bin/sh\n[ $# -eq 1 ] && PATH=${PATH#*:} exec readlink \"$1\"\n");
    assertThat(readlink.toFile().setExecutable(true)).isTrue();
    List<Program> started = new ArrayList<>();
    for (Path launcher : launchers) {
      started.add(
          Program.start(
              directory,
              "env",
              "PATH=" + simple + ":" + System.getenv("PATH"),
              "CDPATH=" + Checkout.file(""),
              directory.relativize(launcher).toString(),
              "--version"));
    }
    for (Program program : started) {
      try (program) {
        assertThat(program.awaitExit()).as(program.output()).isZero();
        assertThat(program.output()).matches("frameline \\d+\\.\\d+\\.\\S+");
      }
    }
  }
}
