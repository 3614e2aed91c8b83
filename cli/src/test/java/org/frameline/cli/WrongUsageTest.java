package org.frameline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.frameline.testing.FreePorts;
import org.frameline.testing.NoThreadLeft;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people get wrong, and the one line they get for it. */
@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class WrongUsageTest {
  @TempDir Path folder;

  private static void requireOneLine(Shell.Ending ending) {
    assertThat(ending.err()).as("lines").hasSize(1);
    assertThat(ending.err().get(0))
        .startsWith("frameline: ")
        .doesNotContain("this should not have happened", "Exception", "null");
    assertThat(ending.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "publish --fps 0 | --fps: expected a number above 0 or max, found \"0\"",
        "publish --fps -5 | --fps: expected a number above 0 or max, found \"-5\"",
        "publish --fps NaN | --fps: expected a number above 0 or max, found \"NaN\"",
        "publish --fps fast | --fps: expected a number above 0 or max, found \"fast\"",
        "publish --size 640 | --size: expected WIDTHxHEIGHT in pixels such as 640x480, found"
            + " \"640\"",
        "publish --size 0x480 | --size: expected WIDTHxHEIGHT in pixels such as 640x480, found"
            + " \"0x480\"",
        "publish --size 99999x99999 | expected a frame below 2 GiB, found 99999x99999",
        "publish --format YUV | expected one of RGB8, Mono8, Mono16, found \"YUV\"",
        "publish --frames 0 | --frames: expected 1 or more, found 0",
        "publish --frames many | Invalid value for option '--frames'",
        "publish --wait-for -1 | --wait-for: expected 0 or more, found -1",
        "publish --source camera | expected one of webcam:N",
        "publish --source synthetic:stars | expected synthetic:fringes|particles|noise|ramp",
        "publish --source webcam:first | expected a camera number as in webcam:0",
        "publish --source webcam:0 --lossless | --lossless: expected a file or a synthetic source",
        "publish --source hdf5: | expected one of webcam:N",
        "publish --source hdf5:r.h5# | expected hdf5:FILE, hdf5:FILE#entry_2",
        "publish --source hdf5:r.h5 --size 5x5 | --size: expected none, since recorded frames",
        "publish --source hdf5:r.h5 --format Mono8 | --format: expected none",
        "publish --source hdf5:r.h5 --speed 0 | --speed: expected a number above 0, found 0.0",
        "publish --source hdf5:r.h5 --speed fast | Invalid value for option '--speed'",
        "publish --source hdf5:r.h5 --speed 2 --fps 9 | expected --fps or --speed, found both",
        "publish --source hdf5:r.h5 --from 5 --to 4 | --to: expected a frame from 5 on, found 4",
        "publish --source hdf5:r.h5 --from -1 | --from: expected 0 or more, found -1",
        "publish --speed 2 | --speed: expected a file, video:PATH or hdf5:FILE",
        "publish --from 2 | --from and --to: expected a recording, hdf5:FILE",
        "bench --size 640 | --size: expected WIDTHxHEIGHT in pixels such as 640x480, found \"640\"",
        "bench --size 0x5 | --size: expected WIDTHxHEIGHT in pixels such as 640x480, found \"0x5\"",
        "bench --size 50000x50000 | expected a frame below 2 GiB, found 50000x50000",
        "bench --format YUV | --format: expected one of RGB8, Mono8, Mono16, found \"YUV\"",
        "bench --only cpu | --only: expected some of memory,disk,transport,fft,pipeline, found",
        "bench --only fft --prove | --prove: expected pipeline among what is measured",
        "bench --seconds 0 | --seconds: expected 1 or more, found 0",
        "bench --seconds 9999 | --seconds: expected 1 to 3600, found 9999",
        "demo --source camera | --source: expected one of webcam:N",
        "demo --source rtsps:///live | --source: expected an address",
        "publish --bind 5555 | expected an endpoint such as tcp://127.0.0.1:5555, found \"5555\"",
        "publish --bind tcp://127.0.0.1:0 | expected a port from 1 to 65535 or *, found 0",
        "publish --control-bind ipc://x | expected an endpoint such as tcp://127.0.0.1:5555",
        "publish --topic subscriber/a | --topic: expected a name that does not begin with",
        "publish --wrong | Unknown option: '--wrong'",
        "publish extra | Unmatched argument at index 1: 'extra'",
        "publish --fps | Missing required parameter for option '--fps'",
        "ventilate --workers 0 | --workers: expected 1 or more, found 0",
        "ventilate --window 0 | --window: expected 1 or more, found 0",
        "ventilate --workers two | Invalid value for option '--workers'",
        "ventilate --sink 5562 | expected an endpoint such as",
        "fft --engine magic | --engine: expected one of ",
        "fft --output phase | --output: expected one of complex, power, log-magnitude",
        "fft --precision float16 | --precision: expected",
        "fft --connect nowhere | expected an endpoint such as",
        "sink --frames 0 | --frames: expected 1 or more, found 0",
        "sink --handshake x | expected an endpoint such as",
        "record | Missing required option: '--out=FILE'",
        "record --out r.h5 --frames 0 | --frames: expected 1 or more, found 0",
        "record --out r.h5 --duration 10 | expected a time above 0 such as 500ms",
        "record --out r.h5 --compression zip | --compression: expected none or gzip, found \"zip\"",
        "record --out r.h5 --checksum md5 | --checksum: expected fletcher32 or none, found \"md5\"",
        "record --out r.h5 --rotate-size 5 | expected a size such as 500MB or 2GiB",
        "record --out r.h5 --rotate-frames 0 | --rotate-frames: expected 1 or more, found 0",
        "record --out r.h5 --checkpoint 0s | expected a time above 0 such as 500ms",
        "record --out r.h5 --append --overwrite | --append",
        "sink --out s.h5 --checksum md5 | --checksum: expected fletcher32 or none, found \"md5\"",
        "sink --checksum fletcher32 | --checksum: expected --out FILE, found no file",
        "snap --out f.h5 --checksum md5 | --checksum: expected fletcher32 or none, found \"md5\"",
        "snap --out f.png --checksum fletcher32 | --checksum: expected a name that ends in .h5",
        "snap | Missing required option: '--out=FILE'",
        "snap --out frame.jpg | --out: expected a name that ends in .png, .h5 or .hdf5",
        "snap --out / | --out: expected a name that ends in .png, .h5 or .hdf5",
        "export r.h5 --out p --from 5 --to 4 | --to: expected a frame from 5 on, found 4",
        "export r.h5 --out p --every 0 | --every: expected 1 or more, found 0",
        "export r.h5 --out p --frame 1 --every 2 | expected --frame, or --from, --to and --every",
        "export r.h5 --out p --entry e --dataset d | expected --entry or --dataset, found both",
        "plot r.h5 --out p --from 5 --to 4 | --to: expected a frame from 5 on, found 4",
        "plot r.h5 --out p --entry e --dataset d | expected --entry or --dataset, found both",
        "spectrum r.h5 --engine magic | --engine: expected one of ",
        "spectrum r.h5 --every 0 | --every: expected 1 or more, found 0",
        "spectrum r.h5 --entry e --dataset d | expected --entry or --dataset, found both",
        "status --control 5556 | expected an endpoint such as",
        "stop --wrong | Unknown option: '--wrong'",
        "cameras --all | Unknown option: '--all'",
      })
  void aWrongOptionIsOneLineAndTheWayToHelp(String line, String expected) {
    Shell.Ending ending = Shell.runLine(line);
    assertThat(ending.code()).isEqualTo(2);
    assertThat(ending.err()).hasSize(2);
    assertThat(ending.err().get(0))
        .startsWith("frameline: ")
        .contains(expected)
        .doesNotContain("this should not have happened", "Exception");
    assertThat(ending.err().get(1))
        .isEqualTo("Try 'frameline " + line.substring(0, (line + " ").indexOf(' ')) + " --help'.");
    assertThat(ending.out()).isEmpty();
  }

  @Test
  void aWrongCommandIsOneLineAndTheWayToHelp() {
    Shell.Ending ending = Shell.run("publisch");
    assertThat(ending.code()).isEqualTo(2);
    assertThat(ending.err()).hasSize(2);
    assertThat(ending.err().get(0)).startsWith("frameline: ").contains("'publisch'");
    assertThat(ending.err().get(1)).isEqualTo("Try 'frameline --help'.");
  }

  @ParameterizedTest
  @CsvSource({
    "publish,--bind,--control-bind",
    "publish,--control-bind,--bind",
    "ventilate,--bind,",
    "sink,--bind,--handshake",
    "sink,--handshake,--bind",
    "record --out r.h5,--control-bind,",
  })
  void aPortInUseIsOneLine(String command, String option, String other) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String endpoint = "tcp://127.0.0.1:" + taken.getLocalPort();
      String line = command.replace("r.h5", folder.resolve("r.h5").toString());
      line += " " + option + " " + endpoint;
      line += other == null ? "" : " " + other + " " + FreePorts.endpoint();
      Shell.Ending ending = Shell.runLine(line);
      assertThat(ending.code()).isEqualTo(1);
      requireOneLine(ending);
      assertThat(ending.err().get(0))
          .isEqualTo(
              "frameline: cannot bind "
                  + endpoint
                  + ": the address is in use; choose another with "
                  + option);
      assertThat(folder).as("no file was begun").isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "publish --bind FREE --control-bind FREE",
        "ventilate --bind FREE",
        "fft",
        "sink --bind FREE --handshake FREE",
        "record --out r.h5 --control-bind FREE"
      })
  void aReportThatCannotBeWrittenIsKnownAtOnce(String command) throws Exception {
    String line = command.replace("r.h5", folder.resolve("r.h5").toString());
    while (line.contains("FREE")) {
      line = line.replaceFirst("FREE", FreePorts.endpoint());
    }
    Path report = folder.resolve("nowhere/report.json");
    Shell.Ending ending = Shell.runLine(line + " --report " + report);
    assertThat(ending.code()).isEqualTo(1);
    requireOneLine(ending);
    assertThat(ending.err().get(0)).contains("cannot write " + report, "there is no directory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ventilate --bind FREE --connect tcp://127.0.0.1:* --workers 1 --sink tcp://127.0.0.1:*",
        "fft --connect tcp://127.0.0.1:*",
        "fft --results tcp://127.0.0.1:*",
        "record --out r.h5 --control-bind FREE --connect tcp://127.0.0.1:*",
        "record --out r.h5 --control-bind FREE --control tcp://127.0.0.1:*",
        "status --control tcp://127.0.0.1:*"
      })
  void connectingToNoPortIsOneLine(String command) throws Exception {
    String line =
        command
            .replace("r.h5", folder.resolve("r.h5").toString())
            .replaceFirst("FREE", FreePorts.endpoint());
    Shell.Ending ending = Shell.runLine(line);
    assertThat(ending.code()).isEqualTo(1);
    requireOneLine(ending);
    assertThat(ending.err().get(0)).contains("cannot connect to tcp://127.0.0.1:*");
  }

  @Test
  void aMissingSourceIsOneLine() throws Exception {
    Shell.Ending file =
        Shell.run(
            "publish",
            "--source",
            "video:" + folder.resolve("no.avi"),
            "--bind",
            FreePorts.endpoint(),
            "--control-bind",
            FreePorts.endpoint());
    assertThat(file.code()).isEqualTo(1);
    requireOneLine(file);
    assertThat(file.err().get(0)).contains("no file " + folder.resolve("no.avi"));
    Path text = Files.writeString(folder.resolve("text.avi"), "no video");
    Shell.Ending noVideo =
        Shell.run(
            "publish",
            "--source",
            "video:" + text,
            "--bind",
            FreePorts.endpoint(),
            "--control-bind",
            FreePorts.endpoint());
    assertThat(noVideo.code()).isEqualTo(1);
    requireOneLine(noVideo);
    for (String[] expected :
        new String[][] {
          {"no.h5", "no file " + folder.resolve("no.h5")},
          {"text.avi", text + ": is no HDF5 file that can be read"},
          {"", folder + " is a folder; expected an HDF5 file"}
        }) {
      Shell.Ending recording =
          Shell.run("publish", "--source", "hdf5:" + folder.resolve(expected[0]));
      assertThat(recording.code()).isEqualTo(1);
      requireOneLine(recording);
      assertThat(recording.err().get(0)).contains(expected[1]);
    }
    Shell.Ending camera = Shell.run("publish", "--source", "webcam:77");
    assertThat(camera.code()).isEqualTo(1);
    requireOneLine(camera);
  }

  @Test
  void anOutputThatIsThereIsOneLine() throws Exception {
    for (String[] command :
        new String[][] {
          {"record", "--out", "x.h5"}, {"sink", "--out", "x.h5"}, {"snap", "--out", "x.png"}
        }) {
      Path file = folder.resolve(command[2]);
      Files.writeString(file, "mine");
      Shell.Ending ending = Shell.run(command[0], command[1], file.toString());
      assertThat(ending.code()).isEqualTo(1);
      requireOneLine(ending);
      assertThat(ending.err().get(0)).contains(file + " exists already", "--overwrite");
      assertThat(file).hasContent("mine");
    }
  }

  @Test
  void aProcessThatIsNotThereIsOneLine() throws Exception {
    String nobody = FreePorts.endpoint();
    for (String command : new String[] {"status", "stop"}) {
      Shell.Ending ending = Shell.run(command, "--control", nobody);
      assertThat(ending.code()).isEqualTo(1);
      requireOneLine(ending);
      assertThat(ending.err().get(0))
          .isEqualTo(
              "frameline: no answer from "
                  + nobody
                  + " within 3 s; is a frameline process running there?");
    }
  }
}
