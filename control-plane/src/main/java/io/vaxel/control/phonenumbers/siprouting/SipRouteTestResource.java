package io.vaxel.control.phonenumbers.siprouting;

import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import io.vaxel.control.phonenumbers.E164;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Tries routes before they are set: ACS SIP routing, REST side. */
@Path("/sip:testRoutesWithNumber")
@ApiService(SipRoutingVersions.SERVICE)
@ResourceCredential
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class SipRouteTestResource {
  @POST
  @Limited("numbers-write")
  @Operation(
      operationId = "testRoutesWithNumber",
      summary = "Tells which routes of the configuration in the body match a number.")
  @ApiResponse(responseCode = "200", description = "The routes that match, in order.")
  @ApiResponse(responseCode = "400", description = "The number or the configuration is not valid.")
  @ApiResponse(
      responseCode = "422",
      description = "The configuration is not valid, in versions before 2023.")
  public SipConfigurationBody.MatchingRoutes test(
      @QueryParam("targetPhoneNumber") @Nullable String targetPhoneNumber,
      @Nullable JsonNode body,
      @Context ContainerRequestContext request) {
    // A plus that a caller did not encode is a space in a query.
    String number = targetPhoneNumber == null ? "" : targetPhoneNumber.replace(' ', '+');
    if (!E164.isValid(number)) {
      throw SipRequests.invalid(
          "targetPhoneNumber", "targetPhoneNumber must be in the form of E.164.");
    }
    if (body == null) {
      throw SipRequests.invalid("body", "body must be given.");
    }
    try {
      SipConfiguration configuration =
          new SipPatch(SipRequests.object(body), SipRequests.isPreview(request))
              .applyTo(SipConfiguration.EMPTY);
      return new SipConfigurationBody.MatchingRoutes(configuration.matching(number));
    } catch (SipRoutingException e) {
      throw SipRequests.unprocessable(request, e);
    }
  }
}
