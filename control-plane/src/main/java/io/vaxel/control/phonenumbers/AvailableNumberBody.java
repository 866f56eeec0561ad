package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vaxel.common.error.ErrorBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number to buy in an answer.
 *
 * @param id its digits
 * @param status available, reserved, expired, error or purchased
 * @param resaleAgreement whether a buyer must agree not to resell it
 * @param error why it is not in the reservation, when its status is error
 */
record AvailableNumberBody(
    String id,
    String phoneNumber,
    @Nullable String countryCode,
    @Nullable Capabilities capabilities,
    @Nullable PhoneNumberType phoneNumberType,
    @Nullable AssignmentType assignmentType,
    @Nullable CostBody cost,
    String status,
    @JsonProperty("isAgreementToNotResellRequired") boolean resaleAgreement,
    ErrorBody.@Nullable Detail error) {

  static AvailableNumberBody of(StockNumber number, String status) {
    return of(number, status, null);
  }

  private static AvailableNumberBody of(
      StockNumber number, String status, ErrorBody.@Nullable Detail error) {
    return new AvailableNumberBody(
        number.id(),
        number.number(),
        number.country(),
        number.capabilities(),
        number.type(),
        number.assignment(),
        CostBody.of(number.cost()),
        status,
        number.resaleAgreement(),
        error);
  }

  /** A number that could not be held, repeated as the caller sent it. */
  static AvailableNumberBody refused(String number, ReservationRequest.@Nullable Item sent) {
    return new AvailableNumberBody(
        E164.idOf(number),
        number,
        sent == null || sent.countryCode() == null ? "" : sent.countryCode(),
        null,
        sent == null ? null : sent.phoneNumberType(),
        sent == null ? null : sent.assignmentType(),
        null,
        "error",
        false,
        ErrorBody.Detail.of("PhoneNumberNotAvailable", "The phone number is not available.", null));
  }

  /** Answer to browsing. */
  record ListBody(List<AvailableNumberBody> phoneNumbers) {}
}
