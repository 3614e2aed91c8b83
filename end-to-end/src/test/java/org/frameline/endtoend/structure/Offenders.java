package org.frameline.endtoend.structure;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Classes that break rules, written while the rules are and compiled together. One thread. */
final class Offenders {
  private final Map<String, String> sources = new LinkedHashMap<>();
  private JavaClasses compiled;

  /** A class in a package with this statement in it; its full name. */
  String in(String home, String statement) {
    String name = nameIn(home);
    add(name, statement);
    return name;
  }

  /** Two classes in two packages that use each other. */
  Set<String> circle(String home, String other) {
    String one = nameIn(home);
    add(one, "");
    String two = in(other, uses(one));
    add(one, uses(two));
    return Set.of(one, two);
  }

  /** A statement that uses a class. */
  static String uses(String type) {
    return "System.out.println(" + type + ".class);";
  }

  private String nameIn(String home) {
    return home + ".Offender" + sources.size();
  }

  private void add(String name, String statement) {
    int dot = name.lastIndexOf('.');
    String source =
        "package %s; public final class %s { static void wrong() throws Exception { %s } }"
            .formatted(name.substring(0, dot), name.substring(dot + 1), statement);
    sources.put(name, source);
  }

  /** Compiles all into a folder. */
  void compile(Path folder) throws IOException {
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Path file = folder.resolve("src").resolve(source.getKey().replace('.', '/') + ".java");
      Files.createDirectories(file.getParent());
      Files.writeString(file, source.getValue());
    }
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<Path> paths =
          sources.keySet().stream()
              .map(name -> folder.resolve("src").resolve(name.replace('.', '/') + ".java"))
              .toList();
      List<String> options =
          List.of(
              "-proc:none",
              "-nowarn",
              "--add-modules",
              "jdk.incubator.vector",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean good =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(paths))
              .call();
      if (!good) {
        throw new AssertionError("the offenders do not compile: " + said);
      }
    }
    compiled = new ClassFileImporter().importPath(classes);
  }

  /** Some of the compiled classes. */
  JavaClasses named(Set<String> names) {
    JavaClasses some =
        compiled.that(describe("are " + names, (JavaClass type) -> names.contains(type.getName())));
    if (some.size() != names.size()) {
      throw new AssertionError("expected classes " + names + ", found " + some);
    }
    return some;
  }
}
