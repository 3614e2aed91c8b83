package org.frameline.analysis.plot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.frameline.program.OutputFile;
import org.frameline.program.ProgramException;

/** Writes pictures, and what belongs to them, into a folder. Without state. */
public final class PictureFolder {
  private PictureFolder() {}

  /** Writes PNG files by their names without ending, as {@link #writeFiles}. */
  public static void write(Path folder, Map<String, byte[]> pictures, boolean overwrite)
      throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    pictures.forEach((name, png) -> files.put(file(name), png));
    writeFiles(folder, files, overwrite);
  }

  /**
   * Makes sure, before anything is computed, that pictures can be written at the end; makes the
   * folder.
   *
   * @param names without ending
   */
  public static void requireWritable(Path folder, Collection<String> names, boolean overwrite) {
    requireFilesWritable(folder, names.stream().map(PictureFolder::file).toList(), overwrite);
  }

  /** The same for files with any ending. */
  static void requireFilesWritable(Path folder, Collection<String> files, boolean overwrite) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw ProgramException.failed("cannot make the folder " + folder, e);
    }
    for (String name : files) {
      OutputFile.requireWritable(folder.resolve(name), overwrite, "--overwrite");
    }
  }

  static String file(String picture) {
    return picture + ".png";
  }

  /**
   * Writes files by their names. The folder is made when it is not there; nothing is written when
   * one of the files is there already and must not be.
   */
  static void writeFiles(Path folder, Map<String, byte[]> files, boolean overwrite)
      throws IOException {
    requireFilesWritable(folder, files.keySet(), overwrite);
    for (Map.Entry<String, byte[]> one : files.entrySet()) {
      Files.write(folder.resolve(one.getKey()), one.getValue());
    }
  }
}
