package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.AccessKeyValue;
import java.net.URI;

/** Connection strings in the one form that all SDKs parse. */
public final class ConnectionString {
  private ConnectionString() {}

  /**
   * The endpoint first, with a slash at its end, then the key. A secret.
   *
   * @param endpoint with a slash at its end
   */
  public static String of(URI endpoint, AccessKeyValue key) {
    return "endpoint=" + endpoint + ";accesskey=" + key.reveal();
  }
}
