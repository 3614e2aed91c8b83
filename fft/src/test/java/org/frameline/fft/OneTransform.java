package org.frameline.fft;

/** A program that transforms one frame of the given width, by an engine, and returns from main. */
final class OneTransform {
  private OneTransform() {}

  public static void main(String[] args) {
    int width = Integer.parseInt(args[1]);
    SpectrumTransformTest.transformOnce(
        SpectrumTransformTest.format(2, width, Precision.FLOAT32), Engines.named(args[0]));
    System.out.println("transformed " + width);
  }
}
