package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.vaxel.common.error.ErrorBody;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.OperationError;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A long-running operation in an answer.
 *
 * @param operationType its kind, as ACS names it
 * @param status notStarted, running, succeeded or failed
 * @param resourceLocation where its result is; null when it has none
 * @param createdDateTime ISO 8601, UTC
 * @param lastActionDateTime the same; a zero instant until something happened
 * @param error why it failed
 */
record OperationBody(
    String operationType,
    String status,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String resourceLocation,
    String createdDateTime,
    ErrorBody.@Nullable Detail error,
    String id,
    String lastActionDateTime) {

  /** The operations of this service, with the name that ACS gives to each. */
  private static final Map<String, String> TYPES =
      Map.of(
          SearchHandler.KIND, "search",
          PurchaseHandler.KIND, "purchase",
          ReleaseHandler.KIND, "releasePhoneNumber",
          CapabilitiesHandler.KIND, "updatePhoneNumberCapabilities",
          ReservationPurchaseHandler.KIND, "reservationPurchase");

  private static final String NEVER = "0001-01-01T00:00:00+00:00";

  /** Whether an operation is one of this service. */
  static boolean shows(Operation operation) {
    return TYPES.containsKey(operation.kind());
  }

  static OperationBody of(Operation operation, @Nullable String resourceLocation) {
    OperationError failure = operation.error();
    return new OperationBody(
        TYPES.getOrDefault(operation.kind(), operation.kind()),
        operation.status().wireName(),
        resourceLocation,
        operation.createdAt().toString(),
        failure == null ? null : ErrorBody.Detail.of(failure.code(), failure.message(), null),
        operation.id(),
        operation.lastActionAt() == null ? NEVER : operation.lastActionAt().toString());
  }
}
