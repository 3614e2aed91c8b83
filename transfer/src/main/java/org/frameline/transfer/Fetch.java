package org.frameline.transfer;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.frameline.program.ExitCode;
import org.frameline.program.ProgramException;
import org.frameline.program.Report;
import org.frameline.program.StopSignal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches the files that were asked for, one after the other. Used once, by one thread. */
final class Fetch {
  /** More names than this are not believed. */
  private static final int MOST_FILES = 100_000;

  private static final double BYTES_PER_MB = 1e6;
  private static final double MS_PER_S = 1e3;
  private static final Logger LOG = LoggerFactory.getLogger(Fetch.class);

  private final FetchConfig config;
  private final RemoteFolder remote;
  private final StopSignal stop;
  private final List<Map<String, Object>> files = new ArrayList<>();
  private int exitCode = ExitCode.DONE;

  Fetch(FetchConfig config, RemoteFolder remote, StopSignal stop) {
    this.config = config;
    this.remote = remote;
    this.stop = stop;
  }

  /** Fetches; what concerns one file alone does not keep the others from being fetched. */
  int run() {
    for (String name : names()) {
      if (!stop.getAsBoolean()) {
        fetch(name);
      }
    }
    if (stop.getAsBoolean()) {
      LOG.warn("stopped; the same command goes on with what is there");
      note(ExitCode.FRAMES_MISSING);
    }
    return exitCode;
  }

  private List<String> names() {
    if (config.pattern().isName()) {
      return List.of(config.pattern().pattern());
    }
    List<String> names;
    try {
      names = listed();
    } catch (StoppedException e) {
      return List.of();
    } catch (NotServedException | IOException e) {
      throw ProgramException.failed(remote.endpoint() + ": " + e.getMessage(), e);
    }
    if (names.isEmpty()) {
      throw ProgramException.failed(
          "no file at " + remote.endpoint() + " is called " + config.pattern().pattern(), null);
    }
    return names;
  }

  private List<String> listed() throws NotServedException, IOException {
    List<String> names = new ArrayList<>();
    String after = "";
    long listed = 0;
    for (List<String> page = page(after); !page.isEmpty(); page = page(after)) {
      String last = page.get(page.size() - 1);
      listed += page.size();
      // Otherwise the list might never end.
      if (last.compareTo(after) <= 0 || listed > MOST_FILES) {
        throw ProgramException.failed(
            remote.endpoint() + ": expected names in ascending order, at most " + MOST_FILES, null);
      }
      page.stream().filter(this::isWanted).forEach(names::add);
      after = last;
    }
    return names;
  }

  private List<String> page(String after) throws NotServedException, IOException {
    return remote.list(after).stream().map(file -> file.text("name").orElse("")).toList();
  }

  private boolean isWanted(String name) {
    boolean fits = config.pattern().matches(name);
    if (fits && !FileName.isAllowed(name)) {
      LOG.warn("left out, no name for a file here: {}", FileName.shown(name));
      note(ExitCode.FRAMES_MISSING);
      return false;
    }
    return fits;
  }

  private void fetch(String name) {
    FileFetch file = new FileFetch(remote, config, stop, name);
    long beganNs = System.nanoTime();
    String outcome;
    try {
      outcome = tell(name, file, file.fetch(), Duration.ofNanos(System.nanoTime() - beganNs));
    } catch (StoppedException e) {
      outcome = "stopped";
    } catch (NotServedException e) {
      LOG.error("{}: {}", remote.endpoint(), e.getMessage());
      outcome = e.reason().word();
      note(ExitCode.FAILED);
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("outcome", outcome);
    fields.put("fetched_bytes", file.fetchedBytes());
    files.add(fields);
  }

  /** Tells the user, and says it in a few words for the report. */
  private String tell(String name, FileFetch file, FileFetch.Outcome outcome, Duration took) {
    switch (outcome) {
      case THE_SAME -> {
        return "the same";
      }
      case DIFFERENT -> {
        note(ExitCode.FAILED);
        return "different";
      }
      case STOPPED -> {
        return "stopped";
      }
      case WHOLE -> {
        tellFetched(name, file, took);
        return "whole";
      }
      case UP_TO_A_CHECKPOINT -> {
        tellFetched(name, file, took);
        LOG.warn(
            "{} is still being recorded there: what comes after its last checkpoint is missing;"
                + " --follow fetches it to its end",
            name);
        note(ExitCode.FRAMES_MISSING);
        return "up to a checkpoint";
      }
    }
    throw new IllegalStateException("an outcome that nobody knows: " + outcome);
  }

  private void tellFetched(String name, FileFetch file, Duration took) {
    LOG.info(
        "{}: {} MB fetched in {} s",
        config.out().resolve(name),
        String.format(Locale.ROOT, "%.1f", file.fetchedBytes() / BYTES_PER_MB),
        String.format(Locale.ROOT, "%.1f", took.toMillis() / MS_PER_S));
  }

  /** A failure is worse than something missing. */
  private void note(int code) {
    if (exitCode != ExitCode.FAILED) {
      exitCode = code;
    }
  }

  /** What was done so far. */
  Report report() {
    return new Report("fetch")
        .put("from", config.from().toString())
        .put(
            "fetched_bytes",
            files.stream().mapToLong(file -> (Long) file.get("fetched_bytes")).sum())
        .put("refused_answers", remote.refused())
        .put("files", files);
  }
}
