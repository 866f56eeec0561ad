package io.vaxel.common.http;

import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each answered request, in a logger of its own. Of the query only {@code api-version}
 * is written: the rest may hold secrets, as do headers, which are never written.
 */
final class AccessLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.vaxel.access");
  private static final int LONGEST_PATH = 512;

  private AccessLog() {}

  /**
   * Writes a line.
   *
   * @param request the request, or null when none could be read
   * @param bytes length of the answer's body
   * @param nanos from the complete request to the last byte of the answer
   */
  static void write(
      @Nullable SocketAddress remote,
      @Nullable HttpRequest request,
      int status,
      long bytes,
      long nanos,
      String requestId) {
    if (LOG.isInfoEnabled()) {
      LOG.info(
          "{} {} {} {}B {}ms {}",
          printable(String.valueOf(remote)),
          request == null ? "-" : printable(request.method().name()) + " " + path(request.uri()),
          status,
          bytes,
          Math.round(nanos / 1e5) / 10.0,
          requestId);
    }
  }

  /** The path and the API version of a target, safe to print. */
  static String path(String target) {
    int question = target.indexOf('?');
    if (question < 0) {
      return printable(target);
    }
    String path = printable(target.substring(0, question));
    for (String pair : target.substring(question + 1).split("&", 32)) {
      if (pair.startsWith("api-version=") && pair.length() < 40) {
        return path + "?" + printable(pair);
      }
    }
    return path;
  }

  private static String printable(String text) {
    int length = Math.min(text.length(), LONGEST_PATH);
    StringBuilder printable = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      printable.append(c > 0x20 && c < 0x7f ? c : '?');
    }
    return printable.toString();
  }
}
