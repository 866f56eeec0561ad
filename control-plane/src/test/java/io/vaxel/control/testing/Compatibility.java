package io.vaxel.control.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes down which operations an official SDK has passed, in {@code target/compatibility}. {@code
 * scripts/Compatibility.java} makes the table of {@code docs/compatibility.md} of it, so nothing
 * there is ticked by hand.
 */
public final class Compatibility {
  private static final Path FOLDER = Path.of("target", "compatibility");
  private static final Pattern JAR = Pattern.compile("/azure-[a-z-]+-(\\d[^/]*?)\\.jar");

  private Compatibility() {}

  /**
   * An operation did what it should in the Java SDK.
   *
   * @param operation as {@code docs/operations.csv} names it
   * @param client a class of the SDK, whose jar tells the version
   */
  public static void passed(String service, String operation, Class<?> client) {
    URI jar = URI.create(client.getProtectionDomain().getCodeSource().getLocation().toString());
    Matcher version = JAR.matcher(jar.toString());
    if (!version.find()) {
      throw new IllegalStateException(jar + " names no version");
    }
    record(service, operation, "Java", version.group(1));
  }

  static void record(String service, String operation, String sdk, String version) {
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve(ProcessHandle.current().pid() + ".csv"),
          String.join(",", service, operation, sdk, version) + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
