package io.vaxel.common.credential;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Writes a query the way the JavaScript SDKs sign it: parsed and serialised again as {@code
 * application/x-www-form-urlencoded} (WHATWG URL, section 5), so that a space becomes a plus
 * although {@code %20} was sent.
 */
final class FormEncodedQuery {
  private FormEncodedQuery() {}

  /**
   * The same pairs in form encoding.
   *
   * @param query the text after the question mark
   * @throws IllegalArgumentException when a percent sign begins no escape
   */
  static String of(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(pair -> !pair.isEmpty())
        .map(FormEncodedQuery::pair)
        .collect(Collectors.joining("&"));
  }

  private static String pair(String pair) {
    int equals = pair.indexOf('=');
    String name = equals < 0 ? pair : pair.substring(0, equals);
    String value = equals < 0 ? "" : pair.substring(equals + 1);
    return again(name) + "=" + again(value);
  }

  private static String again(String text) {
    return URLEncoder.encode(
        URLDecoder.decode(text, StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
