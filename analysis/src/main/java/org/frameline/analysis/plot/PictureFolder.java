package org.frameline.analysis.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.program.OutputFile;

/** Writes pictures, and what belongs to them, into a folder. Without state. */
public final class PictureFolder {
  private PictureFolder() {}

  /** Writes PNG files by their names without ending, as {@link #writeFiles}. */
  public static void write(Path folder, Map<String, byte[]> pictures, boolean overwrite)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    pictures.forEach((name, png) -> files.put(name + ".png", png));
    writeFiles(folder, files, overwrite);
  }

  /**
   * Writes files by their names. The folder is made when it is not there; nothing is written when
   * one of the files is there already and must not be.
   */
  static void writeFiles(Path folder, Map<String, byte[]> files, boolean overwrite)
      throws IOException {
    Files.createDirectories(folder);
    for (String name : files.keySet()) {
      OutputFile.requireWritable(folder.resolve(name), overwrite, "--overwrite");
    }
    for (Map.Entry<String, byte[]> one : files.entrySet()) {
      Files.write(folder.resolve(one.getKey()), one.getValue());
    }
  }
}
