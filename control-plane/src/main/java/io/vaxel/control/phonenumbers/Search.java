package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A search for numbers to buy.
 *
 * @param id names it in the API
 * @param resourceId whose it is; nobody else sees it
 * @param operationId the operation that does it
 * @param found what it found; null before, and when it failed
 * @param purchaseId the operation that buys the numbers; null until there is one
 */
record Search(
    UUID id,
    UUID resourceId,
    String operationId,
    Criteria criteria,
    Instant createdAt,
    @Nullable Found found,
    @Nullable String purchaseId) {

  /**
   * What is looked for.
   *
   * @param capabilities what every number must be able to do
   * @param areaCode exactly this one; empty for any
   * @param quantity how many, from 1
   */
  record Criteria(
      String country,
      PhoneNumberType type,
      AssignmentType assignment,
      Capabilities capabilities,
      String areaCode,
      int quantity) {

    StockFilter filter() {
      return StockFilter.ofCountry(country)
          .withType(type)
          .withAssignment(assignment)
          .withCapabilities(capabilities)
          .withAreaCode(areaCode);
    }
  }

  /**
   * What a search found.
   *
   * @param numbers E.164, in their order
   * @param cost the price of each
   * @param resaleAgreement whether the buyer must agree not to resell
   * @param expiresAt until when they are held
   */
  record Found(List<String> numbers, Cost cost, boolean resaleAgreement, Instant expiresAt) {
    Found {
      numbers = List.copyOf(numbers);
    }
  }

  Hold hold() {
    return Hold.ofSearch(resourceId, id);
  }
}
