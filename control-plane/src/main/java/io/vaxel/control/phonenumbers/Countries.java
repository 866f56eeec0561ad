package io.vaxel.control.phonenumbers;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Countries by their codes (ISO 3166-1 alpha-2), and their names in the caller's language. */
final class Countries {
  private static final Set<String> CODES = Set.of(Locale.getISOCountries());
  private static final int LONGEST_HEADER = 256;

  private Countries() {}

  /** The code in upper case, when there is such a country. */
  static @Nullable String find(String code) {
    String upper = code.toUpperCase(Locale.ROOT);
    return CODES.contains(upper) ? upper : null;
  }

  /** What people call the country. */
  static String nameOf(String code, Locale language) {
    return Locale.of("", code).getDisplayCountry(language);
  }

  /**
   * The language that a caller likes most.
   *
   * @param header {@code Accept-Language} as it was sent; English when there is none to read
   */
  static Locale languageOf(@Nullable String header) {
    if (header == null || header.length() > LONGEST_HEADER) {
      return Locale.ENGLISH;
    }
    try {
      List<Locale.LanguageRange> ranges = Locale.LanguageRange.parse(header);
      return ranges.stream()
          .map(Locale.LanguageRange::getRange)
          .filter(range -> !range.equals("*"))
          .map(Locale::forLanguageTag)
          .filter(locale -> !locale.getLanguage().isEmpty())
          .findFirst()
          .orElse(Locale.ENGLISH);
    } catch (IllegalArgumentException e) {
      return Locale.ENGLISH;
    }
  }
}
