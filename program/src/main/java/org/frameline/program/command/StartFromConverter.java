package org.frameline.program.command;

import org.frameline.protocol.StartFrom;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code first}, {@code now} or a frame number. */
public final class StartFromConverter implements ITypeConverter<StartFrom> {
  @Override
  public StartFrom convert(String value) {
    try {
      return StartFrom.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
