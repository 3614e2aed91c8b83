package org.frameline.program.command;

import org.frameline.program.Version;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
public final class VersionProvider implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"frameline " + Version.NUMBER};
  }
}
