package org.frameline.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedFolderTest {
  @TempDir private Path folder;
  private ServedFolder served;

  @BeforeEach
  void serve() {
    served = new ServedFolder(folder);
  }

  private byte[] write(String name, int bytes, long seed) throws IOException {
    byte[] content = new byte[bytes];
    new Random(seed).nextBytes(content);
    Files.write(folder.resolve(name), content);
    return content;
  }

  private List<String> names(String after) throws IOException {
    return served.list(after).stream().map(ServedFolder.Listed::name).toList();
  }

  @Test
  void listsFinishedFilesOfTheFolderAlone(@TempDir Path elsewhere) throws Exception {
    write("b.h5", 1, 1);
    write("a.npy", 2, 1);
    write(".hidden", 1, 1);
    write("c.h5.part", 1, 1);
    write("c.h5.new", 1, 1);
    Files.createDirectory(folder.resolve("folder.h5"));
    Files.write(elsewhere.resolve("secret"), new byte[1]);
    Files.createSymbolicLink(folder.resolve("link.h5"), elsewhere.resolve("secret"));
    assertThat(names("")).containsExactly("a.npy", "b.h5");
    for (String name : List.of("link.h5", "folder.h5", ".hidden", "c.h5.part", "../secret", "d")) {
      assertThatThrownBy(() -> served.look(name))
          .as(name)
          .isInstanceOfSatisfying(
              NotServedException.class,
              e -> assertThat(e.reason()).isEqualTo(NotServedException.Reason.GONE));
    }
  }

  @Test
  void listsManyPageByPage() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 2 * ServedFolder.MOST_LISTED + 50; i++) {
      expected.add(String.format("%03d.h5", i));
      write(expected.get(i), 0, 1);
    }
    List<String> all = new ArrayList<>();
    for (List<String> page = names(""); !page.isEmpty(); page = names(all.get(all.size() - 1))) {
      assertThat(page).hasSizeLessThanOrEqualTo(ServedFolder.MOST_LISTED);
      all.addAll(page);
    }
    assertThat(all).isEqualTo(expected);
  }

  @Test
  void givesPartsAndTheSumsOfPieces() throws Exception {
    byte[] content = write("a", 2 * Pieces.BYTES + 100, 3);
    ServedFile file = served.look("a");
    assertThat(file.size()).isEqualTo(content.length);
    assertThat(served.read("a", file.version(), 1_000, 5_000))
        .isEqualTo(Arrays.copyOfRange(content, 1_000, 6_000));
    assertThat(served.sums("a", file.version(), Pieces.BYTES, Pieces.BYTES + 100))
        .containsExactly(
            Pieces.sum(ByteBuffer.wrap(content, Pieces.BYTES, Pieces.BYTES)),
            Pieces.sum(ByteBuffer.wrap(content, 2 * Pieces.BYTES, 100)));
    assertThatThrownBy(() -> served.read("a", file.version(), content.length - 10, 11))
        .hasMessage("a has changed");
  }

  @Test
  void anotherContentIsAnotherVersion() throws Exception {
    write("a", 100, 1);
    String version = served.look("a").version();
    FileTime before = Files.getLastModifiedTime(folder.resolve("a"));
    write("b", 100, 2);
    Files.setLastModifiedTime(folder.resolve("b"), before);
    Files.move(
        folder.resolve("b"),
        folder.resolve("a"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(served.look("a").version()).isNotEqualTo(version);
    assertThatThrownBy(() -> served.read("a", version, 0, 10))
        .isInstanceOfSatisfying(
            NotServedException.class,
            e -> assertThat(e.reason()).isEqualTo(NotServedException.Reason.CHANGED));
  }
}
