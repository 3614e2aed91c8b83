package org.frameline.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  @Test
  void isOneJsonObjectWithCommandAndVersionFirst() throws Exception {
    Path file = folder.resolve("report.json");
    Report report = new Report("record").put("frames", 5L).put("files", List.of("a.h5"));
    new Rate().addTo(report);
    report.put("latency_ms", new Latency().toReport()).writeTo(file);
    JsonNode read = new ObjectMapper().readTree(file.toFile());
    assertThat(read.fieldNames())
        .toIterable()
        .containsExactly(
            "command",
            "version",
            "frames",
            "files",
            "frames_per_second",
            "bytes_per_second",
            "latency_ms");
    assertThat(read.get("command").asText()).isEqualTo("record");
    assertThat(read.get("frames").isIntegralNumber()).isTrue();
    assertThat(read.get("frames_per_second").isNumber()).isTrue();
    assertThat(read.get("latency_ms").get("p99").isNumber()).isTrue();
  }

  @Test
  void replacesAnOlderReport() throws Exception {
    Path file = folder.resolve("report.json");
    Files.writeString(file, "x".repeat(10_000));
    new Report("record").writeTo(file);
    assertThat(new ObjectMapper().readTree(file.toFile()).get("command").asText())
        .isEqualTo("record");
  }

  @Test
  void isNotWrittenWhenNobodyAskedForIt() {
    new Report("record").writeTo(null);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aReportThatCannotBeWrittenIsAFailure() {
    assertThatExceptionOfType(ProgramException.class)
        .isThrownBy(() -> new Report("record").writeTo(folder.resolve("no/report.json")))
        .withMessageStartingWith("cannot write the report ")
        .satisfies(e -> assertThat(e.exitCode()).isEqualTo(ExitCode.FAILED));
  }
}
