package org.frameline.endtoend.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.domain.PackageMatchers;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Makes rules together with the classes that break them, in every module. One thread. */
final class Rules {
  /** A public class of each library that has a home. */
  private static final Map<String, String> BAITS =
      Map.ofEntries(
          Map.entry("org.bytedeco..", "org.bytedeco.javacpp.Pointer"),
          Map.entry("io.jhdf..", "io.jhdf.HdfFile"),
          Map.entry("javax.jmdns..", "javax.jmdns.JmDNS"),
          Map.entry("org.knowm..", "org.knowm.xchart.XYChart"),
          Map.entry("org.jtransforms..", "org.jtransforms.fft.FloatFFT_1D"),
          Map.entry("jdk.incubator.vector..", "jdk.incubator.vector.FloatVector"),
          Map.entry("org.visnow..", "org.visnow.jlargearrays.LargeArray"),
          Map.entry("me.tongfei..", "me.tongfei.progressbar.ProgressBar"),
          Map.entry("org.HdrHistogram..", "org.HdrHistogram.Histogram"),
          Map.entry("picocli..", "picocli.CommandLine"),
          Map.entry("ch.qos.logback..", "ch.qos.logback.core.LayoutBase"),
          Map.entry("org.zeromq..", "org.zeromq.ZContext"),
          Map.entry("zmq..", "zmq.Msg"),
          Map.entry("org.junit..", "org.junit.jupiter.api.Test"),
          Map.entry("org.assertj..", "org.assertj.core.api.Assertions"),
          Map.entry("java.util.logging..", "java.util.logging.Logger"));

  private final JavaClasses ours;
  private final List<String> homes;
  private final Offenders offenders;
  private final List<TriedRule> rules = new ArrayList<>();

  /**
   * @param ours the classes whose packages the rules name
   * @param modules the packages in which offenders are put
   */
  Rules(JavaClasses ours, List<String> modules, Offenders offenders) {
    this.ours = ours;
    this.offenders = offenders;
    // Each module, and a package below it.
    homes = modules.stream().flatMap(module -> Stream.of(module, module + ".deeper")).toList();
  }

  List<TriedRule> all() {
    return List.copyOf(rules);
  }

  /** Classes in a package, or below it with two dots, may not use those of others. */
  void mayNotUse(String pattern, String... forbidden) {
    String root = pattern.replace("..", "");
    List<String> inside = pattern.endsWith("..") ? List.of(root, root + ".deeper") : List.of(root);
    ban(noClasses().that().resideInAPackage(pattern), inside, forbidden);
  }

  /** Classes outside these packages may not use those of a library. */
  void onlyIn(List<String> patterns, String... library) {
    PackageMatchers inside = PackageMatchers.of(patterns);
    ban(
        noClasses().that().resideOutsideOfPackages(patterns.toArray(String[]::new)),
        homes.stream().filter(home -> !inside.test(home)).toList(),
        library);
  }

  /** Classes that are not called so may not use those of a library. */
  void onlyInClassesNamed(String names, String... library) {
    ban(noClasses().that(areNotCalled(names)), homes, library);
  }

  /** No class that is not called so may call a method; the statement calls it. */
  void onlyCalledIn(String names, Class<?> owner, String method, String statement) {
    rules.add(
        new TriedRule(
            noClasses()
                .that(areNotCalled(names))
                .should(
                    ArchConditions.callMethodWhere(
                        describe(
                            owner.getSimpleName() + "." + method,
                            call ->
                                call.getTarget().getName().equals(method)
                                    && call.getTargetOwner().isAssignableTo(owner)))),
            homes.stream().map(home -> Set.of(offenders.in(home, statement))).toList()));
  }

  /** No class that is not called so may use a static field; the statement uses it. */
  void onlyUsedIn(String names, Class<?> owner, String field, String statement) {
    rules.add(
        new TriedRule(
            noClasses().that(areNotCalled(names)).should(ArchConditions.accessField(owner, field)),
            homes.stream().map(home -> Set.of(offenders.in(home, statement))).toList()));
  }

  /** No package uses another that uses it, also not by way of others. */
  void noCircles() {
    rules.add(
        new TriedRule(
            slices().matching("org.frameline.(**)").should().beFreeOfCycles(),
            homes.stream()
                .filter(home -> !home.endsWith(".deeper"))
                .map(home -> offenders.circle(home, home + ".deeper"))
                .toList()));
  }

  private void ban(GivenClassesConjunction those, List<String> inside, String... forbidden) {
    List<Set<String>> made = new ArrayList<>();
    for (String home : inside) {
      for (String pattern : forbidden) {
        made.add(Set.of(offenders.in(home, Offenders.uses(bait(pattern)))));
      }
    }
    rules.add(
        new TriedRule(those.should().dependOnClassesThat().resideInAnyPackage(forbidden), made));
  }

  private String bait(String pattern) {
    if (BAITS.containsKey(pattern)) {
      return BAITS.get(pattern);
    }
    PackageMatcher matcher = PackageMatcher.of(pattern);
    return ours.stream()
        .filter(type -> matcher.matches(type.getPackageName()))
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass())
        .map(JavaClass::getName)
        .min(Comparator.naturalOrder())
        .orElseThrow(() -> new AssertionError("expected a public class in " + pattern));
  }

  private static DescribedPredicate<JavaClass> areNotCalled(String names) {
    return describe(
        "are not called " + names, type -> !outermost(type).getSimpleName().matches(names));
  }

  /** A class inside another goes by the name of the outer one. */
  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
