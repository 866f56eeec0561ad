package io.vaxel.control.phonenumbers;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of the caller in an answer.
 *
 * @param id its digits
 * @param phoneNumber E.164 with its plus
 * @param purchaseDate ISO 8601, UTC
 */
record PurchasedNumberBody(
    String id,
    String phoneNumber,
    String countryCode,
    PhoneNumberType phoneNumberType,
    Capabilities capabilities,
    AssignmentType assignmentType,
    String purchaseDate,
    CostBody cost) {

  static PurchasedNumberBody of(OwnedNumber number) {
    StockNumber stock = number.stock();
    return new PurchasedNumberBody(
        stock.id(),
        stock.number(),
        stock.country(),
        stock.type(),
        number.capabilities(),
        stock.assignment(),
        number.purchasedAt().toString(),
        CostBody.of(stock.cost()));
  }

  /** A page of numbers. */
  record PageBody(List<PurchasedNumberBody> phoneNumbers, @Nullable URI nextLink) {}
}
