package org.frameline.cli.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.frameline.fft.engine.FftEngines;

/**
 * Which camera this machine publishes, transforms and records without loss: as many frames per
 * second as all of that together gave when nobody had to wait for a camera, and no more than the
 * disk takes in the long run. Immutable.
 *
 * @param camera that was measured
 * @param rate of its frames
 * @param workers how many it takes
 * @param others of the same pixel format, by how long their transform takes
 */
record Prediction(Camera camera, Rate rate, int workers, List<Estimate> others) {
  /**
   * Up to how many frames per second.
   *
   * @param limit what does not allow more: {@code pipeline} or {@code disk}
   */
  record Rate(double framesPerSecond, String limit) {
    /** The lower quartiles, to be on the safe side. */
    private static Rate of(double pipeline, Optional<Measurement> disk, Camera camera) {
      double written =
          disk.map(it -> it.bytes() * it.perSecond().low() / camera.frameBytes())
              .orElse(Double.POSITIVE_INFINITY);
      return written < pipeline ? new Rate(written, "disk") : new Rate(pipeline, "pipeline");
    }
  }

  /** Another camera. */
  record Estimate(Camera camera, Rate rate) {}

  /** From what was measured; empty when the pipeline did not run with a recorder. */
  static Optional<Prediction> from(Camera camera, Findings findings) {
    Optional<Measurement> disk = findings.of(Section.DISK).stream().findFirst();
    return findings
        .find(Section.PIPELINE, Map.of("recorder", true))
        .map(
            all -> {
              double pipeline = all.perSecond().low();
              return new Prediction(
                  camera,
                  Rate.of(pipeline, disk, camera),
                  all.number("workers"),
                  others(camera, pipeline, disk, findings));
            });
  }

  private static List<Estimate> others(
      Camera camera, double pipeline, Optional<Measurement> disk, Findings findings) {
    String engine = FftEngines.all().namesHere().get(0);
    Optional<Measurement> own = findings.find(Section.FFT, FftProbe.at(engine, camera));
    List<Estimate> estimates = new ArrayList<>();
    for (Camera other : FftProbe.sizes(camera)) {
      Optional<Measurement> its = findings.find(Section.FFT, FftProbe.at(engine, other));
      if (own.isPresent() && its.isPresent() && !other.equals(camera)) {
        double factor = its.get().perSecond().median() / own.get().perSecond().median();
        estimates.add(new Estimate(other, Rate.of(pipeline * factor, disk, other)));
      }
    }
    return List.copyOf(estimates);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = toJson(camera, rate);
    json.put("workers", workers);
    json.put("estimates", others.stream().map(it -> toJson(it.camera(), it.rate())).toList());
    return json;
  }

  private static Map<String, Object> toJson(Camera camera, Rate rate) {
    Map<String, Object> json = new LinkedHashMap<>(camera.toJson());
    json.put("frames_per_second", rate.framesPerSecond());
    json.put("bytes_per_second", rate.framesPerSecond() * camera.frameBytes());
    json.put("limit", rate.limit());
    return json;
  }
}
