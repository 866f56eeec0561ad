package io.vaxel.server;

import picocli.CommandLine.IVersionProvider;

/** The version of this server, from its jar. */
public final class Version implements IVersionProvider {
  /** Such as {@code 0.1.0}, or {@code development} when not run from a jar. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"vaxel " + current()};
  }
}
