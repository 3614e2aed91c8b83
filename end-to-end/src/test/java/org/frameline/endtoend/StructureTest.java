package org.frameline.endtoend;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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
  private static final String[] PROGRAMS = {"publisher", "ventilator", "fft", "sink", "recorder"};
  private static final String[] MODULES = {
    "protocol",
    "recording",
    "program",
    "publisher",
    "ventilator",
    "fft",
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
          .importClasses(OffenderInProtocol.class, OffenderInRecording.class, OffenderInSink.class);

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
    rules.add(mayNotUse("recording", of("protocol.socket"), "org.zeromq..", "zmq..", "picocli.."));
    rules.addAll(
        List.of(
            onlyIn(
                List.of("org.frameline.publisher.source..", "org.frameline.analysis.video.."),
                "org.bytedeco.."),
            atHomeOnlyIn("org.frameline.recording", "io.jhdf.."),
            atHomeOnlyIn("org.frameline.analysis.plot", "org.knowm.."),
            atHomeOnlyIn("org.frameline.fft.engine", "org.jtransforms..", "pl.edu.icm.."),
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
      rules.add(mayNotUse(program, without(program, "protocol", "recording", "program")));
    }
    rules.add(mayNotUse("program", without("program", "protocol")));
    rules.add(
        mayNotUse("analysis", without("analysis", "recording", "program", "protocol", "fft")));
    // The transform of a plane is no matter of workers alone.
    rules.add(mayNotUse("analysis", "org.frameline.fft"));
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
    for (String program : PROGRAMS) {
      assertThat(mayNotUse(program, of("protocol")).evaluate(OURS).hasViolation())
          .as(program)
          .isTrue();
      assertThat(mayNotUse("cli", of(program)).evaluate(OURS).hasViolation()).as(program).isTrue();
    }
    assertThat(mayNotUse("recording", of("protocol")).evaluate(OURS).hasViolation()).isTrue();
    assertThat(mayNotUse("analysis", of("recording")).evaluate(OURS).hasViolation()).isTrue();
    assertThat(mayNotUse("cli", of("analysis")).evaluate(OURS).hasViolation()).isTrue();
    assertThat(mayNotUse("recorder", of("recording")).evaluate(OURS).hasViolation()).isTrue();
  }
}
