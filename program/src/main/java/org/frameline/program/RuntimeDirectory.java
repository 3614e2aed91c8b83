package org.frameline.program;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.frameline.protocol.PrivateDirectory;
import org.frameline.protocol.RegularFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where each running process of a user leaves a small file that says how to ask it. The directory
 * belongs to the user alone, since {@code stop} believes what stands in it. Immutable.
 */
public final class RuntimeDirectory {
  /** Names another directory. */
  public static final String VARIABLE = "FRAMELINE_RUNTIME_DIR";

  private static final String SUFFIX = ".json";
  private static final int MOST_BYTES = 64 * 1024;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Logger LOG = LoggerFactory.getLogger(RuntimeDirectory.class);

  private final Path directory;

  RuntimeDirectory(Path directory) {
    this.directory = directory;
  }

  /** The directory of the user who runs this program. */
  public static RuntimeDirectory ofUser() {
    return new RuntimeDirectory(
        choose(
            System::getenv,
            Path.of(System.getProperty("java.io.tmpdir")),
            System.getProperty("user.name")));
  }

  static Path choose(UnaryOperator<String> environment, Path temporary, String user) {
    String chosen = environment.apply(VARIABLE);
    if (isSet(chosen)) {
      return Path.of(chosen);
    }
    String runtime = environment.apply("XDG_RUNTIME_DIR");
    if (isSet(runtime)) {
      return Path.of(runtime, "frameline");
    }
    String local = environment.apply("LOCALAPPDATA");
    if (isSet(local)) {
      return Path.of(local, "Frameline", "run");
    }
    return temporary.resolve("frameline-" + user);
  }

  private static boolean isSet(String value) {
    return value != null && !value.isBlank();
  }

  /**
   * Writes the file of a process, in one step, so that nobody reads half of it.
   *
   * @return the file
   * @throws IOException one line that says what is wrong with the directory
   */
  Path add(RunningProcess process) throws IOException {
    PrivateDirectory.prepare(directory);
    String name = process.program() + "-" + process.pid() + "-" + process.control().port();
    Path file = directory.resolve(name + SUFFIX);
    Path part = directory.resolve(name + ".part");
    Files.write(part, MAPPER.writeValueAsBytes(process.toJson()));
    return Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes the file of a process away. */
  static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("cannot remove {}: {}", file, e.getMessage());
    }
  }

  /**
   * Processes that run, the oldest first. Files of those that are gone are removed; what is no such
   * file is left alone, with a word in the log.
   *
   * @throws ProgramException when others may use the directory: then nothing in it is believed
   */
  public List<RunningProcess> processes() {
    List<RunningProcess> running = new ArrayList<>();
    requireOurs();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path file : files) {
        read(file, running);
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw ProgramException.failed("cannot read " + directory + ": " + e.getMessage(), e);
    }
    running.sort(Comparator.comparing(RunningProcess::started));
    return running;
  }

  private void requireOurs() {
    if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      try {
        PrivateDirectory.requireOurs(directory);
      } catch (IOException e) {
        throw ProgramException.failed("cannot use " + e.getMessage(), e);
      }
    }
  }

  private static void read(Path file, List<RunningProcess> running) {
    try {
      byte[] bytes = RegularFile.readOwn(file, MOST_BYTES);
      Map<String, Object> json =
          MAPPER.readValue(bytes, new TypeReference<Map<String, Object>>() {});
      RunningProcess process = RunningProcess.fromJson(json);
      if (process.isAlive()) {
        running.add(process);
      } else {
        remove(file);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} went while it was read", file);
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("{} does not describe a process: {}", file, firstLine(e));
    }
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
