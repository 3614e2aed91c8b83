package org.frameline.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.frameline.program.Version;

/**
 * Where it was measured. Immutable.
 *
 * @param cpu its processor, as the system calls it
 * @param cores processors that Java may use
 * @param memoryBytes what the machine has, or the container it is in
 * @param os system, version and architecture
 * @param java version and name of the virtual machine
 * @param fileSystem of the folder that was written to
 * @param loadAverage of the minute before, below 0 where the system does not say
 */
record Machine(
    String cpu,
    int cores,
    long memoryBytes,
    String os,
    String java,
    String fileSystem,
    double loadAverage) {
  private static final Path LINUX_CPUS = Path.of("/proc/cpuinfo");
  private static final String LINUX_NAME = "model name";
  private static final String[] ASK_MACOS = {"sysctl", "-n", "machdep.cpu.brand_string"};
  private static final int SECONDS_TO_ANSWER = 2;
  private static final double BYTES_PER_GIB = 1L << 30;

  /** This one, as it is now. */
  static Machine here(Path directory) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        system.getTotalMemorySize(),
        property("os.name") + " " + property("os.version") + " " + property("os.arch"),
        property("java.version") + " " + property("java.vm.name"),
        fileSystem(directory),
        system.getSystemLoadAverage());
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }

  private static String fileSystem(Path directory) {
    try {
      return Files.getFileStore(directory).type();
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String cpuName() {
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    if (windows != null) {
      return windows;
    }
    try {
      if (Files.isReadable(LINUX_CPUS)) {
        try (Stream<String> lines = Files.lines(LINUX_CPUS)) {
          return lines
              .filter(line -> line.startsWith(LINUX_NAME))
              .map(line -> line.substring(line.indexOf(':') + 1).strip())
              .findFirst()
              .orElse("unknown");
        }
      }
      return answer(ASK_MACOS);
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String answer(String... command) throws IOException {
    Process process = new ProcessBuilder(command).start();
    try (BufferedReader lines = process.inputReader()) {
      if (!process.waitFor(SECONDS_TO_ANSWER, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "unknown";
      }
      String line = lines.readLine();
      return line == null ? "unknown" : line.strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  /** Whether others had more to do than there are processors for. */
  boolean isBusy() {
    return loadAverage > cores;
  }

  /** One line. */
  String label() {
    return String.format(
        Locale.ROOT,
        "%s, %d %s, %.1f GiB of memory, %s, Java %s, Frameline %s, %s",
        cpu,
        cores,
        cores == 1 ? "core" : "cores",
        memoryBytes / BYTES_PER_GIB,
        os,
        java,
        Version.NUMBER,
        fileSystem);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cpu", cpu);
    json.put("cores", cores);
    json.put("memory_bytes", memoryBytes);
    json.put("os", os);
    json.put("java", java);
    json.put("file_system", fileSystem);
    json.put("load_average", loadAverage < 0 ? null : loadAverage);
    json.put("busy", isBusy());
    return json;
  }
}
