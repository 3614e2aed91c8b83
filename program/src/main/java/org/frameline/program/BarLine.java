package org.frameline.program;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import me.tongfei.progressbar.ProgressBarConsumer;
import org.frameline.protocol.Printable;

/**
 * The last line of a terminal, where a bar is drawn. Whatever is written to stderr meanwhile
 * appears above it, in whole lines. The terminal gets characters and is never opened as a device:
 * libraries that open it take Ctrl-C for themselves, and then the process ends without closing its
 * files. Thread-safe: the bar is drawn by one thread, lines come from any.
 */
final class BarLine implements ProgressBarConsumer {
  /** Room for the ^C that a terminal shows, so that it does not begin a new line. */
  private static final int MARGIN = 3;

  private static final int WIDEST = 110;

  /** A line that is longer than this is not waited for: it is broken. */
  private static final int MOST_BYTES = 8_192;

  private static final String OVER_THE_ECHO = "  \b\b";

  private final PrintStream terminal;
  private final int width;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private String bar = "";
  private boolean closed;

  private BarLine(PrintStream terminal, int columns) {
    this.terminal = terminal;
    width = Math.max(1, Math.min(WIDEST, columns - MARGIN));
  }

  /** The last line of stderr, which is a terminal of so many columns. */
  static BarLine onStderr(int columns) {
    BarLine line = new BarLine(System.err, columns);
    System.setErr(new PrintStream(line.new Above(), true, Charset.defaultCharset()));
    return line;
  }

  @Override
  public int getMaxRenderedLength() {
    return width;
  }

  @Override
  public synchronized void accept(String rendered) {
    if (!closed) {
      bar = Printable.line(rendered);
      draw();
    }
  }

  private void draw() {
    terminal.print("\r" + bar + OVER_THE_ECHO);
    terminal.flush();
  }

  private synchronized void write(byte[] bytes, int from, int length) {
    begun.write(bytes, from, length);
    boolean whole = closed || endsALine(bytes, from, length);
    if (!whole && begun.size() > MOST_BYTES) {
      begun.write('\n');
      whole = true;
    }
    if (whole) {
      writeAbove();
    }
  }

  private static boolean endsALine(byte[] bytes, int from, int length) {
    return length > 0 && bytes[from + length - 1] == '\n';
  }

  private void writeAbove() {
    if (!bar.isEmpty()) {
      terminal.print("\r" + " ".repeat(width + MARGIN - 1) + "\r");
    }
    terminal.write(begun.toByteArray(), 0, begun.size());
    begun.reset();
    if (!bar.isEmpty()) {
      draw();
    }
    terminal.flush();
  }

  /** Leaves the bar as it was drawn last; the line below it belongs to everybody again. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!bar.isEmpty()) {
      bar = "";
      terminal.println();
    }
    writeAbove();
    System.setErr(terminal);
  }

  /** What stands in for stderr; who has kept it may write to it also after the end of the bar. */
  private final class Above extends OutputStream {
    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      BarLine.this.write(bytes, from, length);
    }
  }
}
