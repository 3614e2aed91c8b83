package org.frameline.endtoend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.frameline.fft.OffenderInFft;
import org.frameline.protocol.OffenderInProtocol;
import org.frameline.recording.OffenderInRecording;
import org.frameline.sink.OffenderInSink;
import org.frameline.testing.Checkout;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Which module may use what. Every rule is also tried on classes that were made to break it, since
 * a rule that cannot fail says nothing.
 */
class StructureTest {
  private static final String[] PROGRAMS = {
    "publisher", "ventilator", "worker", "sink", "recorder"
  };
  private static final String[] MODULES = {
    "protocol",
    "recording",
    "fft",
    "program",
    "publisher",
    "ventilator",
    "worker",
    "sink",
    "recorder",
    "analysis",
    "cli"
  };

  private static final String TEST_SUPPORT = "org.frameline.testing..";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.frameline");
  private static final JavaClasses OFFENDERS =
      new ClassFileImporter()
          .importClasses(
              OffenderInProtocol.class,
              OffenderInRecording.class,
              OffenderInFft.class,
              OffenderInSink.class);

  private static String of(String module) {
    return "org.frameline." + module + "..";
  }

  private static String[] without(String... modules) {
    return Arrays.stream(MODULES)
        .filter(module -> !List.of(modules).contains(module))
        .map(StructureTest::of)
        .toArray(String[]::new);
  }

  private static List<ArchRule> rules() {
    List<ArchRule> rules = new ArrayList<>();
    rules.add(mayNotUse("protocol", without("protocol")));
    rules.add(mayNotUse("recording", without("recording", "protocol")));
    rules.add(mayNotUse("fft", without("fft", "protocol")));
    for (String library : List.of("recording", "fft")) {
      rules.add(mayNotUse(library, of("protocol.socket"), "org.zeromq..", "zmq..", "picocli.."));
    }
    rules.addAll(
        List.of(
            onlyIn(
                List.of("org.frameline.publisher.source..", "org.frameline.analysis.video.."),
                "org.bytedeco.."),
            onlyIn(
                List.of("org.frameline.recording.images..", "org.frameline.recording.hdf5.."),
                "io.jhdf.."),
            onlyIn(
                List.of("org.frameline.recording.."), of("recording.hdf5"), of("recording.stored")),
            onlyIn(
                List.of("org.frameline.recording..", "org.frameline.analysis.spectrum.."),
                of("recording.write")),
            layersOfRecording(),
            atHomeOnlyIn("org.frameline.analysis.plot", "org.knowm.."),
            atHomeOnlyIn(
                "org.frameline.fft.engine.jtransforms", "org.jtransforms..", "org.visnow.."),
            atHomeOnlyIn("org.frameline.program", "me.tongfei..", "org.HdrHistogram.."),
            onlyInClassesNamed(
                "(.*(Command|Options|Converter)|Failures|VersionProvider|Frameline)", "picocli.."),
            onlyInClassesNamed(
                "(.*(Loop|Control|Dealer|Tasks)|FrameOutlet|SinkLink|Handshake|ControlClient"
                    + "|ControlServer|Sockets|Messages|Connections|MessageMemory"
                    + "|StreamSubscriber|HistoryLink|RingLink)",
                "org.zeromq..",
                "zmq.."),
            noClasses()
                .that(areNotCalled("Frameline"))
                .should()
                .callMethod(System.class, "exit", int.class),
            noClasses().should().callMethodWhere(target(name("printStackTrace"))),
            noClasses().should().callMethod(Thread.class, "sleep", long.class),
            noClasses().should().dependOnClassesThat().resideInAPackage("java.util.logging.."),
            onlyIn(List.of(TEST_SUPPORT), TEST_SUPPORT, "org.junit..", "org.assertj..")));
    return rules;
  }

  private static ArchRule mayNotUse(String module, String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(of(module))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  /** Each package of recording uses those below it; so there is no cycle between them. */
  private static ArchRule layersOfRecording() {
    return layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("org.frameline.recording..")
        .withOptionalLayers(true)
        .layer("vocabulary")
        .definedBy("org.frameline.recording")
        .layer("hdf5")
        .definedBy(of("recording.hdf5"))
        .layer("stored")
        .definedBy(of("recording.stored"))
        .layer("write")
        .definedBy(of("recording.write"))
        .layer("check")
        .definedBy(of("recording.check"))
        .layer("images")
        .definedBy(of("recording.images"))
        .layer("output")
        .definedBy(of("recording.output"))
        .layer("copy")
        .definedBy(of("recording.copy"))
        .whereLayer("vocabulary")
        .mayNotAccessAnyLayer()
        .whereLayer("hdf5")
        .mayOnlyAccessLayers("vocabulary")
        .whereLayer("stored")
        .mayOnlyAccessLayers("vocabulary", "hdf5")
        .whereLayer("write")
        .mayOnlyAccessLayers("vocabulary", "hdf5", "stored")
        .whereLayer("check")
        .mayOnlyAccessLayers("vocabulary", "hdf5", "stored")
        .whereLayer("images")
        .mayOnlyAccessLayers("vocabulary", "hdf5", "stored")
        .whereLayer("output")
        .mayOnlyAccessLayers("vocabulary", "write")
        .whereLayer("copy")
        .mayOnlyAccessLayers("vocabulary", "hdf5", "stored", "write", "images");
  }

  private static ArchRule atHomeOnlyIn(String home, String... library) {
    return onlyIn(List.of(home + ".."), library);
  }

  private static ArchRule onlyIn(List<String> homes, String... library) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(homes.toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  private static ArchRule onlyInClassesNamed(String names, String... library) {
    return noClasses()
        .that(areNotCalled(names))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library);
  }

  /** A class inside another goes by the name of the outer one. */
  private static DescribedPredicate<JavaClass> areNotCalled(String names) {
    return describe(
        "are not called " + names,
        type -> {
          JavaClass outer = type;
          while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
          }
          return !outer.getSimpleName().matches(names);
        });
  }

  /** No module's rule: what programs must not use of each other, a rule for each. */
  private static List<ArchRule> programRules() {
    List<ArchRule> rules = new ArrayList<>();
    for (String program : PROGRAMS) {
      String[] others =
          program.equals("worker")
              ? without(program, "protocol", "program", "fft")
              : without(program, "protocol", "program", "recording");
      rules.add(mayNotUse(program, others));
    }
    rules.add(mayNotUse("program", without("program", "protocol")));
    rules.add(
        mayNotUse("analysis", without("analysis", "recording", "program", "protocol", "fft")));
    rules.add(mayNotUse("analysis", of("protocol.socket"), "org.zeromq..", "zmq.."));
    return rules;
  }

  @TestFactory
  Stream<DynamicTest> ourClassesKeepTheRule() {
    return Stream.concat(rules().stream(), programRules().stream())
        .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(OURS)));
  }

  @TestFactory
  Stream<DynamicTest> aClassMadeToBreakItBreaksTheRule() {
    return Stream.concat(rules().stream(), Stream.of(programRules().get(3)))
        .map(
            rule ->
                DynamicTest.dynamicTest(
                    rule.getDescription(),
                    () -> assertThat(rule.evaluate(OFFENDERS).hasViolation()).isTrue()));
  }

  @Test
  void theDistributionHasNothingThatIsForTestsAlone() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.file("cli/target/frameline/lib"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("protocol-"))
          .noneMatch(name -> name.matches("(test-|junit|assertj|awaitility|end-to-end).*"));
    }
  }

  /** The rules above match by package name; these packages exist and are used where they may be. */
  @Test
  void everyModuleWasLookedAtAndUsesWhatItMay() {
    for (String module : MODULES) {
      assertThat(OURS.stream().map(JavaClass::getPackageName))
          .as(module)
          .anyMatch(name -> name.startsWith("org.frameline." + module));
    }
    for (String name : List.of("hdf5", "stored", "write", "check", "images", "output", "copy")) {
      assertThat(OURS.containPackage("org.frameline.recording." + name)).as(name).isTrue();
    }
    for (String program : PROGRAMS) {
      assertThat(mayNotUse(program, of("protocol")).evaluate(OURS).hasViolation())
          .as(program)
          .isTrue();
      assertThat(mayNotUse("cli", of(program)).evaluate(OURS).hasViolation()).as(program).isTrue();
    }
    assertThat(mayNotUse("recording", of("protocol")).evaluate(OURS).hasViolation()).isTrue();
    assertThat(mayNotUse("analysis", of("recording")).evaluate(OURS).hasViolation()).isTrue();
    for (String user : List.of("worker", "analysis")) {
      assertThat(mayNotUse(user, of("fft")).evaluate(OURS).hasViolation()).as(user).isTrue();
    }
    assertThat(mayNotUse("cli", of("analysis")).evaluate(OURS).hasViolation()).isTrue();
    assertThat(mayNotUse("recorder", of("recording")).evaluate(OURS).hasViolation()).isTrue();
  }
}
