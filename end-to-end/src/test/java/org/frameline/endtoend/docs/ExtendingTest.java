package org.frameline.endtoend.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.frameline.testing.Checkout;
import org.frameline.testing.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the Java programs of docs/extending.md as parts of Frameline, and uses them. */
class ExtendingTest {
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:public )?(?:final )?(?:class|record) (\\w+)");
  private static final String FORMATS =
      "protocol/src/main/java/org/frameline/protocol/PixelFormat.java";
  private static final String FIRST_FORMAT = "  RGB8(";

  @TempDir private Path folder;

  @Test
  void whatTheDocumentAddsCompilesAndWorks() throws IOException, InterruptedException {
    List<Path> sources = new ArrayList<>();
    int constants = 0;
    for (CodeBlock block : CodeBlock.of(Checkout.read("docs/extending.md"), "java")) {
      if (block.text().startsWith("package ")) {
        sources.add(write(nameOf(block), block.text()));
      } else {
        constants++;
        String formats = Checkout.read(FORMATS);
        assertThat(formats).contains(FIRST_FORMAT);
        sources.add(
            write("PixelFormat", formats.replace(FIRST_FORMAT, block.text() + FIRST_FORMAT)));
      }
    }
    assertThat(sources).as("a source, an engine, a format, an output").hasSize(4);
    assertThat(constants).isEqualTo(1);
    sources.add(write("TryExtensions", resource("TryExtensions.java")));
    Path classes = compile(sources);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = classes + File.pathSeparator + System.getProperty("java.class.path");
    assertThat(
            Program.run(folder, java, "-cp", classPath, "TryExtensions", folder.toString())
                .succeeded())
        .isEqualTo("all four work");
  }

  private static String nameOf(CodeBlock block) {
    Matcher type = TYPE.matcher(block.text());
    assertThat(type.find()).as("a type in %s", block.text()).isTrue();
    return type.group(1);
  }

  private Path write(String type, String text) throws IOException {
    return Files.writeString(folder.resolve(type + ".java"), text);
  }

  private static String resource(String name) throws IOException {
    try (InputStream text = ExtendingTest.class.getResourceAsStream(name)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Path compile(List<Path> sources) throws IOException {
    Path classes = Files.createDirectory(folder.resolve("classes"));
    StringWriter said = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "--release",
              "17",
              "-proc:none",
              "-Xlint:all,-classfile,-serial,-path",
              "-Werror",
              "-d",
              classes.toString(),
              "-cp",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(said, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
    return classes;
  }
}
