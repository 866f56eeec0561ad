package io.vaxel.control.phonenumbers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;

/**
 * The price of a number for a month. It is shown, not charged.
 *
 * @param micros millionths of the currency unit, 0 to {@link #HIGHEST}
 * @param currencyCode ISO 4217
 */
public record Cost(long micros, String currencyCode) {
  /** A million units: no number costs more. */
  static final long HIGHEST = 1_000_000_000_000L;

  private static final int DIGITS = 6;

  /**
   * @throws IllegalArgumentException when the amount is out of range or there is no such currency
   */
  public Cost {
    if (micros < 0 || micros > HIGHEST) {
      throw new IllegalArgumentException("cost must be 0 to 1000000");
    }
    try {
      Currency.getInstance(currencyCode);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("currency must be a code of ISO 4217, such as USD", e);
    }
  }

  /**
   * Reads an amount such as {@code 2.50}.
   *
   * @throws IllegalArgumentException when it is no amount, or one of more than six decimals
   */
  static Cost parse(String amount, String currencyCode) {
    // BigDecimal reads exponents, whose expansion takes all memory there is.
    if (!amount.matches("[0-9]{1,7}(\\.[0-9]{1,6})?")) {
      throw new IllegalArgumentException("cost must be an amount such as 2.50");
    }
    return new Cost(
        new BigDecimal(amount).movePointRight(DIGITS).longValueExact(),
        currencyCode.toUpperCase(Locale.ROOT));
  }

  /** The amount in units, with two decimals or as many as it needs. */
  public BigDecimal amount() {
    BigDecimal exact = BigDecimal.valueOf(micros, DIGITS).stripTrailingZeros();
    return exact.scale() < 2 ? exact.setScale(2, RoundingMode.UNNECESSARY) : exact;
  }
}
