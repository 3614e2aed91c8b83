package org.frameline.program.command;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.stream.Stream;
import org.frameline.protocol.Printable;

/**
 * What commands print goes through this, so that no command has to remember that a text may be a
 * stranger's. A line that is printed whole stays one {@link Printable} line, and a value in a
 * format stays within its line. Text that is printed without its end, such as JSON, keeps its line
 * breaks. As thread-safe as a {@link PrintWriter}.
 */
final class PrintableWriter extends PrintWriter {
  PrintableWriter(Writer terminal) {
    super(terminal, true);
  }

  @Override
  public void println(String line) {
    super.println(Printable.line(line));
  }

  @Override
  public void println(Object line) {
    if (line instanceof Painted painted) {
      printRaw(painted + System.lineSeparator());
    } else {
      println(String.valueOf(line));
    }
  }

  private void printRaw(String text) {
    synchronized (lock) {
      super.write(text, 0, text.length());
    }
    flush();
  }

  @Override
  public PrintWriter format(Locale locale, String format, Object... values) {
    Object[] printable =
        Stream.of(values)
            .map(value -> value instanceof Number ? value : Printable.line(value))
            .toArray();
    write(String.format(locale, format, printable));
    return this;
  }

  @Override
  public PrintWriter format(String format, Object... values) {
    return format(Locale.getDefault(Locale.Category.FORMAT), format, values);
  }

  @Override
  public void write(String text, int from, int length) {
    String printable = Printable.lines(text.substring(from, from + length));
    super.write(printable, 0, printable.length());
  }

  @Override
  public void write(char[] text, int from, int length) {
    write(new String(text, from, length));
  }

  @Override
  public void write(int character) {
    write(Character.toString((char) character));
  }
}
