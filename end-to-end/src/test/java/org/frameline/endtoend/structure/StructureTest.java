package org.frameline.endtoend.structure;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which module and which package may use what. Every rule is also tried on classes that were made
 * to break it, in every module that it is about, since a rule that cannot fail says nothing.
 */
class StructureTest {
  private static final List<String> PROGRAMS =
      List.of("publisher", "ventilator", "worker", "sink", "recorder");
  private static final List<String> MODULES =
      Stream.concat(
              Stream.of("protocol", "recording", "fft", "program", "analysis", "transfer", "cli"),
              PROGRAMS.stream())
          .toList();

  /** What each package of recording may use of the others; the first is the vocabulary. */
  private static final Map<String, List<String>> LAYERS_OF_RECORDING =
      Map.of(
          "", List.of(),
          ".hdf5", List.of(""),
          ".stored", List.of("", ".hdf5"),
          ".write", List.of("", ".hdf5", ".stored"),
          ".check", List.of("", ".hdf5", ".stored"),
          ".images", List.of("", ".hdf5", ".stored"),
          ".output", List.of("", ".write"),
          ".copy", List.of("", ".hdf5", ".stored", ".write", ".images"));

  private static final String[] SOCKETS = {"org.zeromq..", "zmq.."};
  private static final String TEST_SUPPORT = "org.frameline.testing..";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.frameline");
  private static final Offenders OFFENDERS = new Offenders();
  private static final List<TriedRule> RULES = rules();

  @BeforeAll
  static void makeOffenders(@TempDir Path folder) throws IOException {
    OFFENDERS.compile(folder);
  }

  private static String in(String module) {
    return "org.frameline." + module;
  }

  private static String of(String module) {
    return in(module) + "..";
  }

  private static String[] without(String... modules) {
    return MODULES.stream()
        .filter(module -> !List.of(modules).contains(module))
        .map(StructureTest::of)
        .toArray(String[]::new);
  }

  private static List<TriedRule> rules() {
    Rules rules = new Rules(OURS, MODULES.stream().map(StructureTest::in).toList(), OFFENDERS);
    addModules(rules);
    addLayersOfRecording(rules);
    addHomes(rules);
    addHabits(rules);
    rules.noCircles();
    return rules.all();
  }

  private static void addModules(Rules rules) {
    rules.mayNotUse(of("protocol"), without("protocol"));
    rules.mayNotUse(of("recording"), without("recording", "protocol"));
    rules.mayNotUse(of("fft"), without("fft", "protocol"));
    rules.mayNotUse(of("program"), without("program", "protocol"));
    for (String program : PROGRAMS) {
      String library = program.equals("worker") ? "fft" : "recording";
      rules.mayNotUse(of(program), without(program, "protocol", "program", library));
    }
    rules.mayNotUse(of("analysis"), without("analysis", "recording", "program", "protocol", "fft"));
    rules.mayNotUse(of("transfer"), without("transfer", "recording", "program", "protocol"));
    for (String module : List.of("recording", "fft", "analysis")) {
      rules.mayNotUse(of(module), of("protocol.socket"), SOCKETS[0], SOCKETS[1]);
    }
    for (String library : List.of("recording", "fft")) {
      rules.mayNotUse(of(library), "picocli..");
    }
  }

  private static void addLayersOfRecording(Rules rules) {
    LAYERS_OF_RECORDING.forEach(
        (layer, below) ->
            rules.mayNotUse(
                in("recording") + layer,
                LAYERS_OF_RECORDING.keySet().stream()
                    .filter(other -> !other.equals(layer) && !below.contains(other))
                    .map(other -> in("recording") + other)
                    .toArray(String[]::new)));
    rules.onlyIn(List.of(of("recording")), of("recording.hdf5"), of("recording.stored"));
    rules.onlyIn(
        List.of(of("recording"), of("analysis.spectrum"), of("testing.recordings")),
        of("recording.write"));
  }

  private static void addHomes(Rules rules) {
    rules.onlyIn(List.of(of("publisher.source"), of("analysis.video")), "org.bytedeco..");
    rules.onlyIn(List.of(of("recording.images"), of("recording.hdf5")), "io.jhdf..");
    rules.onlyIn(List.of(of("analysis.plot")), "org.knowm..");
    rules.onlyIn(List.of(of("program.discovery")), "javax.jmdns..");
    rules.onlyIn(List.of(of("fft.engine.jtransforms")), "org.jtransforms..", "org.visnow..");
    rules.onlyIn(List.of(of("fft.engine.vector")), "jdk.incubator.vector..");
    rules.onlyIn(List.of(of("program")), "me.tongfei..", "org.HdrHistogram..");
    rules.onlyIn(List.of(TEST_SUPPORT), TEST_SUPPORT, "org.junit..", "org.assertj..");
    rules.onlyInClassesNamed(
        "(.*(Command|Options|Converter)|Failures|VersionProvider|Frameline)", "picocli..");
    rules.onlyIn(List.of(in("protocol.socket")), SOCKETS);
  }

  private static void addHabits(Rules rules) {
    rules.onlyCalledIn("Frameline", System.class, "exit", "System.exit(1);");
    rules.onlyCalledIn(
        "", Throwable.class, "printStackTrace", "new Exception().printStackTrace();");
    rules.onlyCalledIn("", Thread.class, "sleep", "Thread.sleep(1);");
    rules.onlyIn(List.of("java.."), "java.util.logging..");
    // What is printed goes through the command's writers and through the log, which make it plain.
    rules.onlyUsedIn("", System.class, "out", "System.out.println();");
    rules.onlyUsedIn("BarLine|StopSignal|Frameline", System.class, "err", "System.err.println();");
    rules.onlyIn(List.of(in("program.log"), TEST_SUPPORT), "ch.qos.logback..");
  }

  @TestFactory
  Stream<DynamicTest> ourClassesKeepTheRule() {
    return RULES.stream()
        .map(
            tried ->
                DynamicTest.dynamicTest(
                    tried.rule().getDescription(), () -> tried.rule().check(OURS)));
  }

  @TestFactory
  Stream<DynamicTest> everyClassMadeToBreakItBreaksTheRule() {
    return RULES.stream()
        .map(
            tried ->
                DynamicTest.dynamicTest(
                    tried.rule().getDescription(),
                    () -> {
                      String found = violations(tried);
                      assertThat(tried.offenders())
                          .allMatch(
                              offender ->
                                  offender.stream()
                                      .allMatch(type -> found.contains("<" + type + ".wrong()")));
                    }));
  }

  private static String violations(TriedRule tried) {
    Set<String> all = tried.offenders().stream().flatMap(Set::stream).collect(Collectors.toSet());
    return String.join(
        "\n", tried.rule().evaluate(OFFENDERS.named(all)).getFailureReport().getDetails());
  }

  @Test
  void everyProgramAndEveryModuleIsTried() {
    for (String module : MODULES) {
      assertThat(RULES.stream().flatMap(tried -> tried.offenders().stream()).flatMap(Set::stream))
          .as(module)
          .filteredOn(name -> name.startsWith(in(module) + "."))
          .hasSizeGreaterThan(20);
    }
  }

  private static boolean moduleUses(String module, String other) {
    return noClasses()
        .that()
        .resideInAPackage(of(module))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(of(other))
        .evaluate(OURS)
        .hasViolation();
  }

  /** The rules above match by package name; these packages exist and are used where they may be. */
  @Test
  void everyModuleWasLookedAtAndUsesWhatItMay() {
    for (String module : MODULES) {
      assertThat(OURS.stream().map(JavaClass::getPackageName))
          .as(module)
          .anyMatch(name -> name.startsWith(in(module)));
    }
    for (String layer : LAYERS_OF_RECORDING.keySet()) {
      assertThat(OURS.containPackage(in("recording") + layer)).as(layer).isTrue();
    }
    for (String program : PROGRAMS) {
      assertThat(moduleUses(program, "protocol")).as(program).isTrue();
      assertThat(moduleUses("cli", program)).as(program).isTrue();
    }
    for (String[] pair :
        new String[][] {
          {"recording", "protocol"},
          {"analysis", "recording"},
          {"worker", "fft"},
          {"analysis", "fft"},
          {"cli", "analysis"},
          {"cli", "transfer"},
          {"transfer", "recording"},
          {"recorder", "recording"}
        }) {
      assertThat(moduleUses(pair[0], pair[1])).as(Arrays.toString(pair)).isTrue();
    }
  }
}
