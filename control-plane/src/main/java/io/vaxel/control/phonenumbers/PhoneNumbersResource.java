package io.vaxel.control.phonenumbers;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.paging.NextLink;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The numbers that a resource owns: the ACS phone numbers service, REST side. */
@Path("/phoneNumbers")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class PhoneNumbersResource {
  private final OwnedNumbers numbers;

  PhoneNumbersResource(OwnedNumbers numbers) {
    this.numbers = numbers;
  }

  @GET
  @Limited("numbers-read")
  @Operation(operationId = "listPhoneNumbers", summary = "Lists the phone numbers of the resource.")
  @ApiResponse(responseCode = "200", description = "A page of phone numbers.")
  @ApiResponse(responseCode = "400", description = "skip or top is out of range.")
  public PurchasedNumberBody.PageBody list(
      @QueryParam("skip") @Nullable String skip,
      @QueryParam("top") @Nullable String top,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, top, "top");
    Page.Of<OwnedNumber> found = numbers.list(CallingResource.idOf(request), page);
    return new PurchasedNumberBody.PageBody(
        found.items().stream().map(PurchasedNumberBody::of).toList(),
        found.more()
            ? NextLink.of(request, Map.of("skip", page.skip() + page.size(), "top", page.size()))
            : null);
  }

  @GET
  @Limited("numbers-read")
  @Path("/{phoneNumber}")
  @Operation(operationId = "getByNumber", summary = "Gets a phone number of the resource.")
  @ApiResponse(responseCode = "200", description = "The phone number.")
  @ApiResponse(responseCode = "400", description = "It is not in the form of E.164.")
  @ApiResponse(responseCode = "403", description = "The resource does not own it.")
  @ApiResponse(responseCode = "404", description = "The server does not have it.")
  public PurchasedNumberBody get(
      @PathParam("phoneNumber") String phoneNumber, @Context ContainerRequestContext request) {
    return PurchasedNumberBody.of(
        numbers.get(CallingResource.idOf(request), Queries.phoneNumber(phoneNumber)));
  }

  @PATCH
  @Limited("numbers-write")
  @Path("/{phoneNumber}/capabilities")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "updateCapabilities",
      summary = "Begins to change what is used of a phone number.")
  @ApiResponse(responseCode = "202", description = "An operation was started.")
  @ApiResponse(responseCode = "400", description = "The phone number or the body is not valid.")
  @ApiResponse(responseCode = "403", description = "The resource does not own it.")
  @ApiResponse(responseCode = "404", description = "The server does not have it.")
  @ApiResponse(responseCode = "429", description = "Too many operations are not finished.")
  public Response updateCapabilities(
      @PathParam("phoneNumber") String phoneNumber,
      @Nullable CapabilitiesPatch body,
      @Context ContainerRequestContext request) {
    String number = Queries.phoneNumber(phoneNumber);
    if (body == null || (body.calling() == null && body.sms() == null)) {
      throw NumberErrors.invalid("body", "The body must change calling or sms.");
    }
    io.vaxel.common.operation.Operation operation =
        numbers.change(
            CallingResource.idOf(request),
            number,
            capability(body.calling(), "calling"),
            capability(body.sms(), "sms"));
    return OperationAnswers.accepted(request, operation, "capabilities-id", operation.id());
  }

  @DELETE
  @Limited("numbers-write")
  @Path("/{phoneNumber}")
  @Operation(operationId = "release", summary = "Begins to give a phone number back.")
  @ApiResponse(responseCode = "202", description = "An operation was started.")
  @ApiResponse(responseCode = "400", description = "It is not in the form of E.164.")
  @ApiResponse(responseCode = "403", description = "The resource does not own it.")
  @ApiResponse(responseCode = "404", description = "The server does not have it.")
  @ApiResponse(responseCode = "429", description = "Too many operations are not finished.")
  public Response release(
      @PathParam("phoneNumber") String phoneNumber, @Context ContainerRequestContext request) {
    io.vaxel.common.operation.Operation operation =
        numbers.release(CallingResource.idOf(request), Queries.phoneNumber(phoneNumber));
    return OperationAnswers.accepted(request, operation, "release-id", operation.id());
  }

  /** Null takes a capability away, as in every merge patch; what is left out stays. */
  private static @Nullable CapabilityType capability(@Nullable JsonNode value, String name) {
    if (value == null) {
      return null;
    }
    if (value.isNull()) {
      return CapabilityType.NONE;
    }
    return Queries.optional(value.isTextual() ? value.textValue() : "?", name, CapabilityType::of);
  }

  /**
   * Body of "update capabilities", a merge patch.
   *
   * @param calling directions of calls
   * @param sms directions of messages
   */
  record CapabilitiesPatch(@Nullable JsonNode calling, @Nullable JsonNode sms) {}
}
