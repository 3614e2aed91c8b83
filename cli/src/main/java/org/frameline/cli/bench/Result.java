package org.frameline.cli.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.frameline.cli.page.Figures;
import org.frameline.program.Report;

/**
 * All that a benchmark has found. Immutable, as soon as nobody adds to its findings.
 *
 * @param lasted the whole benchmark
 * @param trials of the prediction, none unless that was asked for
 */
record Result(
    Camera camera,
    Machine machine,
    Instant started,
    Duration lasted,
    Findings findings,
    Optional<Prediction> prediction,
    List<Trial> trials) {
  private static final double MS_PER_S = 1_000;

  /** As docs/bench.md has it. */
  Report toReport() {
    Report report =
        new Report("bench")
            .put("started", started.toString())
            .put("seconds", lasted.toMillis() / MS_PER_S)
            .put("machine", machine.toJson())
            .put("camera", camera.toJson());
    for (Section section : Section.values()) {
      report.put(section.key(), findings.of(section).stream().map(Measurement::toJson).toList());
    }
    return report
        .put("prediction", prediction.map(Prediction::toJson).orElse(null))
        .put("proof", trials.stream().map(Trial::toJson).toList())
        .put("notes", findings.notes());
  }

  /** Whether what was predicted to be kept up with was. */
  boolean hasLostBelowPrediction() {
    return trials.stream().anyMatch(trial -> trial.share() < 1 && trial.hasLost());
  }

  /** The prediction and what came of trying it, for people: one sentence per line. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    prediction.ifPresent(
        it -> {
          sentences.add(
              String.format(
                  Locale.ROOT,
                  "This machine publishes, transforms and records %s at up to %s frames/s (%s)"
                      + " without loss, with %d %s; the %s does not allow more.",
                  camera.label(),
                  rate(it.rate()),
                  Figures.megabytesPerSecond(it.rate().framesPerSecond() * camera.frameBytes()),
                  it.workers(),
                  it.workers() == 1 ? "worker" : "workers",
                  it.rate().limit()));
          if (!it.others().isEmpty()) {
            sentences.add(
                "By the time of a transform, others would be: "
                    + String.join(
                        ", ",
                        it.others().stream()
                            .map(other -> other.camera().label() + " at " + rate(other.rate()))
                            .toList())
                    + " frames/s.");
          }
        });
    trials.forEach(trial -> sentences.add(sentence(trial)));
    return sentences;
  }

  /** Rounded down: it is a promise. */
  private static String rate(Prediction.Rate rate) {
    double perSecond = rate.framesPerSecond();
    return perSecond >= 100
        ? Figures.count((long) perSecond)
        : String.format(Locale.ROOT, "%.1f", Math.floor(perSecond * 10) / 10);
  }

  private static String sentence(Trial trial) {
    return String.format(
        Locale.ROOT,
        "At %.0f %% of that, %s frames/s, it %s: %s published at %s frames/s, %s not taken from the"
            + " camera, %s not recorded, %s not transformed.",
        100 * trial.share(),
        Figures.rate(trial.asked()),
        trial.outcome().words(),
        Figures.count(trial.published()),
        Figures.rate(trial.reached()),
        Figures.count(trial.notTaken()),
        Figures.count(trial.notRecorded()),
        Figures.count(trial.notTransformed()));
  }
}
