package org.frameline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.frameline.cli.process.Member;
import org.junit.jupiter.api.Test;

class PipelinePlanTest {
  @Test
  void isSixProcessesThatUseTheirDefaultPorts() {
    List<Member> members = PipelinePlan.members(config("synthetic:fringes", 300L, 5555));
    assertThat(members)
        .extracting(Member::name)
        .containsExactly("publisher", "recorder", "ventilator", "worker-1", "worker-2", "sink");
    assertThat(members).noneMatch(member -> member.commandLine().contains("tcp://"));
    assertThat(members.get(0).commandLine())
        .isEqualTo(
            "scripts/frameline publish --source synthetic:fringes --frames 300 --format Mono8"
                + " --lossless --wait-for 2 --report out/publish.json");
  }

  @Test
  void shiftsAllPortsByTheSameDistance() {
    String all =
        PipelinePlan.members(config("synthetic:ramp", 300L, 7000)).stream()
            .map(Member::commandLine)
            .collect(Collectors.joining("\n"));
    assertThat(all)
        .contains("publish", "--bind tcp://127.0.0.1:7000 --control-bind tcp://127.0.0.1:7001")
        .contains("--control-bind tcp://127.0.0.1:7015")
        .contains("--bind tcp://127.0.0.1:7005 --sink tcp://127.0.0.1:7007")
        .contains("--connect tcp://127.0.0.1:7005 --results tcp://127.0.0.1:7006")
        .contains("--bind tcp://127.0.0.1:7006 --handshake tcp://127.0.0.1:7007")
        .doesNotContain("5555");
  }

  @Test
  void leavesTheFormatOfRealSourcesAloneAndDoesNotSlowLiveOnes() {
    String video = publisher(config("video:a b.avi", null, 5555));
    assertThat(video)
        .contains("--source 'video:a b.avi' --lossless")
        .doesNotContain("--format", "--frames");
    assertThat(publisher(config("hdf5:run.h5", null, 5555)))
        .contains("--lossless")
        .doesNotContain("--format", "--frames");
    for (String live :
        List.of("webcam:0", "rtsp://h/x", "rtsps://h/x", "http://h/", "https://h/")) {
      assertThat(publisher(config(live, 300L, 5555))).doesNotContain("--lossless", "--format");
    }
  }

  @Test
  void passesAPasswordOnButShowsItToNobody() {
    DemoConfig config = config("rtsps://admin:s3cret@10.0.0.7/live", 300L, 5555);
    Member publisher = PipelinePlan.members(config).get(0);
    assertThat(publisher.arguments()).contains("rtsps://admin:s3cret@10.0.0.7/live");
    assertThat(publisher.commandLine()).contains("admin:***@").doesNotContain("s3cret");
  }

  @Test
  void refusesWhatMakesNoSense() {
    assertThatThrownBy(() -> config("webcam:0", 0L, 5555))
        .hasMessage("--frames: expected 1 or more, found 0");
    assertThatThrownBy(() -> config("camera", 1L, 5555))
        .hasMessageStartingWith("expected one of webcam:N");
    assertThatThrownBy(() -> config("webcam:0", 1L, 65_530))
        .hasMessage("--port-base: expected 1 to 65520, found 65530");
  }

  private static String publisher(DemoConfig config) {
    return PipelinePlan.members(config).get(0).commandLine();
  }

  private static DemoConfig config(String source, Long frames, int portBase) {
    return new DemoConfig(
        source, frames, null, null, null, 2, "log-magnitude", portBase, Path.of("out"));
  }
}
