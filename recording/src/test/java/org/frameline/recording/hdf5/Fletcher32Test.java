package org.frameline.recording.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.frameline.recording.Reader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Fletcher32Test {

  private final long seed = Long.getLong("frameline.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @TempDir Path folder;

  private byte[] bytes(int length, int kind) {
    byte[] bytes = new byte[length];
    switch (kind) {
      case 0 -> random.nextBytes(bytes);
      // Sums that are multiples of 65535 without being 0.
      case 1 -> Arrays.fill(bytes, (byte) 0xFF);
      default -> bytes[length / 2] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void isWhatHdf5WritesBehindAChunk() throws Exception {
    List<Integer> lengths =
        List.of(1, 2, 3, 7, 8, 9, 100, 719, 2047, 2048, 2049, 4096, 5001, 400_000, 900_007);
    List<Integer> ours = new ArrayList<>();
    Path file = folder.resolve("data.bin");
    try (var out = Files.newOutputStream(file)) {
      for (int length : lengths) {
        for (int kind = 0; kind < 3; kind++) {
          byte[] bytes = bytes(length, kind);
          out.write(bytes);
          ours.add(Fletcher32.of(ByteBuffer.wrap(bytes)));
        }
      }
    }
    String theirs =
        Reader.h5py(
            file,
            """
            sums = []
            with open(path, "rb") as data, h5py.File(path + ".h5", "w") as f:
                for n in %s:
                    for kind in range(3):
                        a = np.frombuffer(data.read(n), "u1")
                        d = f.create_dataset(f"{n}-{kind}", data=a, chunks=(n,), fletcher32=True)
                        mask, chunk = d.id.read_direct_chunk((0,))
                        assert mask == 0 and chunk[:-4] == a.tobytes()
                        sums.append(int.from_bytes(chunk[-4:], "little", signed=True))
            print(sums)
            """
                .formatted(lengths));
    assertThat(ours.toString()).as("seed %d", seed).isEqualTo(theirs);
  }

  @Test
  void piecesOfAnyLengthMakeTheSameSum() {
    for (int round = 0; round < 200; round++) {
      byte[] bytes = bytes(1 + random.nextInt(20_000), round % 3);
      boolean direct = random.nextBoolean();
      ByteBuffer all =
          (direct ? ByteBuffer.allocateDirect(bytes.length) : ByteBuffer.allocate(bytes.length))
              .put(bytes)
              .flip();
      Fletcher32 sum = new Fletcher32();
      sum.update(ByteBuffer.wrap(bytes)).reset();
      for (int at = 0; at < bytes.length; ) {
        int piece = Math.min(bytes.length - at, 1 + random.nextInt(6_000));
        sum.update(all.slice(at, piece));
        at += piece;
      }
      assertThat(sum.value()).as("seed %d", seed).isEqualTo(Fletcher32.of(all));
      assertThat(all.position()).isZero();
    }
  }

  @Test
  void zerosCountWithoutBeingThere() {
    for (int round = 0; round < 200; round++) {
      int length = random.nextInt(3_000);
      int zeros = random.nextInt(300_000);
      byte[] bytes = Arrays.copyOf(bytes(length + 1, round % 3), length);
      ByteBuffer all = ByteBuffer.wrap(Arrays.copyOf(bytes, length + zeros));
      int sum = new Fletcher32().update(ByteBuffer.wrap(bytes)).updateZeros(zeros).value();
      assertThat(sum).as("seed %d, %d and %d", seed, length, zeros).isEqualTo(Fletcher32.of(all));
    }
  }
}
