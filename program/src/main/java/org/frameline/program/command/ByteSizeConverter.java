package org.frameline.program.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a size such as {@code 500MB} (powers of 1000) or {@code 2GiB} (powers of 1024). */
public final class ByteSizeConverter implements ITypeConverter<Long> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(B|[kMGT]B|[KMGT]iB)");
  private static final String PREFIXES = "KMGT";

  @Override
  public Long convert(String value) {
    Matcher matcher = TEXT.matcher(value);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      String unit = matcher.group(2);
      long base = unit.endsWith("iB") ? 1024 : 1000;
      int power =
          unit.equals("B") ? 0 : PREFIXES.indexOf(Character.toUpperCase(unit.charAt(0))) + 1;
      long size = number;
      for (int i = 0; i < power; i++) {
        size *= base;
      }
      if (size > 0) {
        return size;
      }
    }
    throw new TypeConversionException(
        "expected a size such as 500MB or 2GiB, found \"" + value + "\"");
  }
}
