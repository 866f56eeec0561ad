package io.vaxel.control.events;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.error.ApiException;
import io.vaxel.common.event.EventService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The URL that whoever runs an endpoint opens to agree to events; the code in it, which only the
 * endpoint got, is the credential.
 */
@Path("/events/validation")
@Produces(MediaType.APPLICATION_JSON)
public final class ValidationResource {
  private static final Pattern GUID =
      Pattern.compile(
          "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

  private final EventService events;

  ValidationResource(EventService events) {
    this.events = events;
  }

  /** What is answered to who agreed. */
  record Validated(String message) {}

  @GET
  @Operation(operationId = "confirmSubscription", summary = "Agree to the events of a subscription")
  @ApiResponse(responseCode = "200", description = "The subscription is active.")
  @ApiResponse(responseCode = "404", description = "The code is wrong or too old.")
  public Validated open(
      @QueryParam("id") @Nullable String id, @QueryParam("code") @Nullable String code) {
    boolean possible =
        id != null && code != null && GUID.matcher(id).matches() && GUID.matcher(code).matches();
    if (!possible || !confirmed(String.valueOf(id), String.valueOf(code))) {
      throw new ApiException(
          404, "NotFound", "The validation code is wrong, or older than ten minutes.");
    }
    return new Validated("The event subscription is active.");
  }

  /** CloudEvents lets an endpoint choose between GET and POST. */
  @POST
  @Operation(
      operationId = "confirmCloudEventSubscription",
      summary = "Agree to the events of a subscription, as CloudEvents' callback")
  @ApiResponse(responseCode = "200", description = "The subscription is active.")
  @ApiResponse(responseCode = "404", description = "The code is wrong or too old.")
  public Validated post(
      @QueryParam("id") @Nullable String id, @QueryParam("code") @Nullable String code) {
    return open(id, code);
  }

  private boolean confirmed(String id, String code) {
    return events.confirm(UUID.fromString(id), code.toLowerCase(Locale.ROOT));
  }
}
