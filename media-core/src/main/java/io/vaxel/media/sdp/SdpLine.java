package io.vaxel.media.sdp;

/**
 * One line of a description while it is parsed: {@code a=name:value} for an attribute.
 *
 * @param number counted from 1
 * @param type the letter in front of {@code =}
 * @param name of an attribute; empty for other lines
 * @param value what follows, empty for a flag
 */
record SdpLine(int number, char type, String name, String value) {
  /** Longer lines are refused; the longest that browsers write have a few hundred characters. */
  private static final int MAX_LENGTH = 8192;

  static SdpLine of(int number, String text) throws SdpException {
    if (text.length() < 2 || text.charAt(1) != '=') {
      throw new SdpException(number, "a line is a letter, '=' and a value");
    }
    if (text.length() > MAX_LENGTH) {
      throw new SdpException(number, "longer than " + MAX_LENGTH + " characters");
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' && text.charAt(i) != '\t') {
        throw new SdpException(number, "a control character");
      }
    }
    char type = text.charAt(0);
    if (type != 'a') {
      return new SdpLine(number, type, "", text.substring(2));
    }
    int colon = text.indexOf(':');
    return colon < 0
        ? new SdpLine(number, type, text.substring(2), "")
        : new SdpLine(number, type, text.substring(2, colon), text.substring(colon + 1));
  }

  /** The value cut at blanks. */
  String[] words() {
    return words(value);
  }

  static String[] words(String text) {
    return text.strip().split("[ \t]+", -1);
  }

  SdpException fault(String reason) {
    return new SdpException(number, reason);
  }

  /**
   * A decimal number between two bounds, or a fault that names {@code what} it should have been.
   */
  long number(String text, long min, long max, String what) throws SdpException {
    if (!text.isEmpty()
        && text.length() <= 19
        && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      try {
        long parsed = Long.parseLong(text);
        if (parsed >= min && parsed <= max) {
          return parsed;
        }
      } catch (NumberFormatException e) {
        throw tooFar(min, max, what);
      }
    }
    throw tooFar(min, max, what);
  }

  private SdpException tooFar(long min, long max, String what) {
    return fault(what + " must be a number from " + min + " to " + max);
  }

  /** Refuses one more of something of which there are {@code size} already. */
  void limit(int size, int max, String what) throws SdpException {
    if (size >= max) {
      throw fault("more than " + max + " " + what);
    }
  }
}
