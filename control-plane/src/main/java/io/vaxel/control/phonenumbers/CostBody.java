package io.vaxel.control.phonenumbers;

import java.math.BigDecimal;

/**
 * A price in an answer.
 *
 * @param amount in units of the currency
 * @param currencyCode ISO 4217
 * @param billingFrequency always {@code monthly}
 */
record CostBody(BigDecimal amount, String currencyCode, String billingFrequency) {
  static CostBody of(Cost cost) {
    return new CostBody(cost.amount(), cost.currencyCode(), "monthly");
  }
}
