package io.vaxel.common.http;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;

/**
 * The target of a request (RFC 9112 section 3.2), made fit for routing. What was on the wire stays
 * in {@link RequestFacts#target()}; this is what paths are compared with.
 *
 * @param path the path as a valid {@link java.net.URI} part: still percent-encoded, repeated
 *     slashes made one (SDKs join an endpoint that ends in a slash with a path that begins with
 *     one)
 * @param query the query as a valid URI part, with its question mark, or empty
 * @param decodedPath the path with percent-encoding undone as UTF-8
 */
record RequestTarget(String path, String query, String decodedPath) {
  private static final BitSet PATH = legal("-._~!$&'()*+,;=:@/");
  private static final BitSet QUERY = legal("-._~!$&'()*+,;=:@/?[]");

  /**
   * Reads a target in origin or absolute form. Characters that a URI does not allow are
   * percent-encoded, as browsers and some SDKs leave them raw.
   *
   * @throws IllegalArgumentException when it is neither form, has a broken percent sign, a fragment
   *     or a zero byte
   */
  static RequestTarget parse(String target) {
    String local = target.startsWith("/") ? target : afterAuthority(target);
    int question = local.indexOf('?');
    String path = encode(question < 0 ? local : local.substring(0, question), PATH);
    String query = question < 0 ? "" : "?" + encode(local.substring(question + 1), QUERY);
    path = oneSlash(path);
    return new RequestTarget(path, query, decode(path));
  }

  private static String afterAuthority(String target) {
    int scheme = target.indexOf("://");
    if ((scheme != 4 && scheme != 5) || !target.regionMatches(true, 0, "http", 0, 4)) {
      throw new IllegalArgumentException("neither a path nor an http address");
    }
    int slash = target.indexOf('/', scheme + 3);
    if (slash < 0) {
      return "/";
    }
    return target.substring(slash);
  }

  private static String encode(String part, BitSet legal) {
    StringBuilder encoded = new StringBuilder(part.length() + 16);
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c == '%') {
        if (i + 2 >= part.length() || hex(part.charAt(i + 1)) < 0 || hex(part.charAt(i + 2)) < 0) {
          throw new IllegalArgumentException("a percent sign without two digits");
        }
        encoded.append(c);
      } else if (legal.get(c)) {
        encoded.append(c);
      } else if (c == '#' || c > 0xff || c < 0x20) {
        throw new IllegalArgumentException("a character that no target holds");
      } else {
        encoded.append('%').append(digit(c >> 4)).append(digit(c & 15));
      }
    }
    return encoded.toString();
  }

  private static String oneSlash(String path) {
    String single = path;
    while (single.contains("//")) {
      single = single.replace("//", "/");
    }
    return single;
  }

  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] bytes = new byte[path.length()];
    int length = 0;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '%') {
        c = (char) (hex(path.charAt(i + 1)) << 4 | hex(path.charAt(i + 2)));
        i += 2;
      }
      if (c == 0) {
        throw new IllegalArgumentException("a zero byte");
      }
      bytes[length++] = (byte) c;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static char digit(int value) {
    return Character.toUpperCase(Character.forDigit(value, 16));
  }

  private static BitSet legal(String marks) {
    BitSet legal = new BitSet();
    legal.set('a', 'z' + 1);
    legal.set('A', 'Z' + 1);
    legal.set('0', '9' + 1);
    marks.chars().forEach(legal::set);
    return legal;
  }
}
