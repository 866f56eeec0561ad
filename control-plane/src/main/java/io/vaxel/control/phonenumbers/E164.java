package io.vaxel.control.phonenumbers;

import java.util.regex.Pattern;

/** The form of phone numbers: E.164 with its plus, such as {@code +14255550123}. */
public final class E164 {
  private static final Pattern FORM = Pattern.compile("\\+[1-9][0-9]{6,14}");

  private E164() {}

  /** Whether a text has the form of a number. */
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  /** The id by which ACS names a number: its digits. */
  static String idOf(String number) {
    return number.substring(1);
  }
}
