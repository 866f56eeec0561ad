package io.vaxel.server.config;

import org.jspecify.annotations.Nullable;

/** A configuration that can't be used; the message names the file and the setting. */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
