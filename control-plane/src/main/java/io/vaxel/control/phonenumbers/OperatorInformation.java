package io.vaxel.control.phonenumbers;

import org.jspecify.annotations.Nullable;

/**
 * What is known about a number, as the look-up answers it.
 *
 * @param phoneNumber E.164 with its plus
 * @param nationalFormat as people write it in its country
 * @param internationalFormat as people write it elsewhere
 * @param isoCountryCode ISO 3166-1 alpha-2; null for numbers of no one country
 * @param numberType unknown, other, geographic or mobile
 * @param operatorDetails null when not asked for, or not known
 */
record OperatorInformation(
    String phoneNumber,
    String nationalFormat,
    String internationalFormat,
    @Nullable String isoCountryCode,
    String numberType,
    @Nullable OperatorDetails operatorDetails) {

  /**
   * Who the number was given to.
   *
   * @param name of the operator
   */
  record OperatorDetails(String name) {}
}
