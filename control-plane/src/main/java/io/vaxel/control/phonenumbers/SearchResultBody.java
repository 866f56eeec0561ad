package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of a search in an answer.
 *
 * @param capabilities what the numbers were searched for, which is what a purchase gives
 * @param searchExpiresBy until when the numbers are held; ISO 8601, UTC
 * @param resaleAgreement whether a buyer must agree not to resell
 * @param errorCode the place of the error in the documented list
 * @param error NoError, or why there is nothing to buy
 */
record SearchResultBody(
    String searchId,
    List<String> phoneNumbers,
    PhoneNumberType phoneNumberType,
    AssignmentType assignmentType,
    Capabilities capabilities,
    CostBody cost,
    String searchExpiresBy,
    @JsonProperty("isAgreementToNotResellRequired") boolean resaleAgreement,
    int errorCode,
    String error) {

  private static final List<String> ERRORS =
      List.of(
          "NoError",
          "UnknownErrorCode",
          "OutOfStock",
          "AuthorizationDenied",
          "MissingAddress",
          "InvalidAddress",
          "InvalidOfferModel",
          "NotEnoughLicenses",
          "NoWallet",
          "NotEnoughCredit",
          "NumbersPartiallyAcquired",
          "AllNumbersNotAcquired",
          "ReservationExpired",
          "PurchaseFailed",
          "BillingUnavailable",
          "ProvisioningFailed",
          "UnknownSearchError");

  /**
   * A search that is finished.
   *
   * @param failure the error code of its operation; null when that did not fail
   */
  static SearchResultBody of(Search search, @Nullable String failure, Instant now) {
    Search.Found found = search.found();
    if (found == null) {
      String error = failure != null && ERRORS.contains(failure) ? failure : "UnknownSearchError";
      return of(
          search,
          new Search.Found(List.of(), new Cost(0, "USD"), false, search.createdAt()),
          error);
    }
    boolean expired = search.purchaseId() == null && !now.isBefore(found.expiresAt());
    return of(search, found, expired ? NumberErrors.EXPIRED : "NoError");
  }

  private static SearchResultBody of(Search search, Search.Found found, String error) {
    return new SearchResultBody(
        search.id().toString(),
        found.numbers(),
        search.criteria().type(),
        search.criteria().assignment(),
        search.criteria().capabilities(),
        CostBody.of(found.cost()),
        found.expiresAt().toString(),
        found.resaleAgreement(),
        ERRORS.indexOf(error),
        error);
  }
}
