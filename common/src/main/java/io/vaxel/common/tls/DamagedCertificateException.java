package io.vaxel.common.tls;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A certificate or key file that can't be used; the message names the file and what to do. */
public final class DamagedCertificateException extends IOException {
  private static final long serialVersionUID = 1L;

  public DamagedCertificateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
