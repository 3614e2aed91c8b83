package org.frameline.program;

/** Version of the programs, from the build. */
public final class Version {
  public static final String NUMBER = fromManifest();

  private Version() {}

  private static String fromManifest() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
