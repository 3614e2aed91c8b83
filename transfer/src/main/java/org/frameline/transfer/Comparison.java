package org.frameline.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.frameline.protocol.ControlMessage;
import org.frameline.protocol.MalformedMessageException;

/** Finds out which pieces of a file are not here as they are there. Not thread-safe. */
final class Comparison {
  private static final long BYTES_OF_A_QUESTION = (long) Pieces.MOST_SUMS * Pieces.BYTES;

  private final RemoteFolder remote;
  private final RemoteFile there;
  private final LocalFile here;

  Comparison(RemoteFolder remote, RemoteFile there, LocalFile here) {
    this.remote = remote;
    this.there = there;
    this.here = here;
  }

  /**
   * Compares the pieces between two offsets by their sums.
   *
   * @param from where a piece begins
   * @param to where one ends
   * @return where pieces begin that differ, or are not here, ascending
   */
  List<Long> lacking(long from, long to) throws NotServedException, IOException {
    long compared = from;
    for (long at = from; at < to && isHere(at); at += Pieces.BYTES) {
      compared = at + Pieces.length(at, there.size());
    }
    List<ControlMessage> questions = new ArrayList<>();
    for (long at = from; at < compared; at += BYTES_OF_A_QUESTION) {
      questions.add(there.question("sums", at, Math.min(BYTES_OF_A_QUESTION, compared - at)));
    }
    List<Long> lacking = new ArrayList<>();
    long end = compared;
    remote.ask(
        questions,
        (index, answer, none) -> {
          long begin = from + index * BYTES_OF_A_QUESTION;
          lacking.addAll(differing(answer.texts("sums"), begin, end));
        });
    for (long at = compared; at < to; at += Pieces.BYTES) {
      lacking.add(at);
    }
    lacking.sort(null);
    return lacking;
  }

  private boolean isHere(long at) throws IOException {
    return at + Pieces.length(at, there.size()) <= here.length();
  }

  private List<Long> differing(List<String> sums, long begin, long end)
      throws MalformedMessageException, IOException {
    long length = Math.min(BYTES_OF_A_QUESTION, end - begin);
    long expected = (length + Pieces.BYTES - 1) / Pieces.BYTES;
    boolean wellFormed = sums.stream().allMatch(sum -> sum.length() == Pieces.SUM_LENGTH);
    if (sums.size() != expected || !wellFormed) {
      throw new MalformedMessageException(
          "sums", expected + " times " + Pieces.SUM_LENGTH + " hexadecimal digits", sums);
    }
    List<Long> differing = new ArrayList<>();
    for (int i = 0; i < sums.size(); i++) {
      long at = begin + (long) i * Pieces.BYTES;
      if (!here.sum(at, Pieces.length(at, there.size())).equals(sums.get(i))) {
        differing.add(at);
      }
    }
    return differing;
  }
}
