package org.frameline.cli.picture;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures inside a page. Without state. */
public final class PngData {
  private PngData() {}

  /** The picture as a {@code data:} address, a PNG in base64. */
  public static String address(BufferedImage image) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    if (!ImageIO.write(image, "png", png)) {
      throw new IOException("this Java has no PNG writer");
    }
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
  }

  /** The picture, made smaller where its longer side exceeds {@code mostPixels}. */
  public static BufferedImage atMost(BufferedImage image, int mostPixels) {
    int longer = Math.max(image.getWidth(), image.getHeight());
    if (longer <= mostPixels) {
      return image;
    }
    double scale = (double) mostPixels / longer;
    int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
    int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
    BufferedImage small = new BufferedImage(width, height, image.getType());
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return small;
  }
}
