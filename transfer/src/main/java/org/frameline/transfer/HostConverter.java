package org.frameline.transfer;

import org.frameline.protocol.Endpoint;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code HOST}, {@code HOST:PORT} or an endpoint. */
final class HostConverter implements ITypeConverter<Endpoint> {
  private static final String TCP = "tcp://";
  private static final String USUAL_PORT = ":5580";

  @Override
  public Endpoint convert(String value) {
    String address = value.startsWith(TCP) ? value.substring(TCP.length()) : value;
    boolean hasPort = address.lastIndexOf(':') > address.lastIndexOf(']');
    try {
      Endpoint endpoint = Endpoint.parse(TCP + address + (hasPort ? "" : USUAL_PORT));
      if (endpoint.port().equals("*") || endpoint.isEveryAddress()) {
        throw new IllegalArgumentException("a host and a port are needed");
      }
      return endpoint;
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          "expected HOST or HOST:PORT, such as 192.0.2.10 or [2001:db8::1]:5580, found \""
              + FileName.shown(value)
              + "\"");
    }
  }
}
