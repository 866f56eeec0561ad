package io.vaxel.control.phonenumbers.siprouting;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Trunks and routes of a resource: ACS SIP routing, REST side. */
@Path("/sip")
@ApiService(SipRoutingVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class SipRoutingResource {
  private final SipConfigurations configurations;
  private final TrunkHealthSource health;

  SipRoutingResource(SipConfigurations configurations, TrunkHealthSource health) {
    this.configurations = configurations;
    this.health = health;
  }

  @GET
  @Limited("numbers-read")
  @Operation(operationId = "get", summary = "Gets the trunks and routes of the resource.")
  @ApiResponse(responseCode = "200", description = "The configuration, which may be empty.")
  @ApiResponse(responseCode = "400", description = "expand is not trunks/health.")
  public SipConfigurationBody get(
      @QueryParam("expand") @Nullable String expand, @Context ContainerRequestContext request) {
    boolean withHealth = SipRequests.wantsHealth(request, expand);
    UUID resourceId = CallingResource.idOf(request);
    return body(request, configurations.get(resourceId), withHealth);
  }

  @PATCH
  @Limited("numbers-write")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "update",
      summary = "Changes trunks, domains and routes of the resource.")
  @ApiResponse(responseCode = "200", description = "The whole configuration after the change.")
  @ApiResponse(
      responseCode = "400",
      description = "The configuration would not be valid; innererror says why.")
  @ApiResponse(responseCode = "422", description = "The same in versions before 2023.")
  public SipConfigurationBody update(
      @Nullable JsonNode body,
      @QueryParam("expand") @Nullable String expand,
      @Context ContainerRequestContext request) {
    boolean withHealth = SipRequests.wantsHealth(request, expand);
    SipPatch patch =
        new SipPatch(
            body == null || body.isNull()
                ? JsonNodeFactory.instance.objectNode()
                : SipRequests.object(body),
            SipRequests.isPreview(request));
    try {
      return body(request, configurations.update(CallingResource.idOf(request), patch), withHealth);
    } catch (SipRoutingException e) {
      throw SipRequests.unprocessable(request, e);
    }
  }

  private SipConfigurationBody body(
      ContainerRequestContext request, SipConfiguration configuration, boolean withHealth) {
    if (!SipRequests.isPreview(request)) {
      return SipConfigurationBody.stable(configuration);
    }
    UUID resourceId = CallingResource.idOf(request);
    Function<String, @Nullable TrunkHealth> healthOf =
        fqdn -> withHealth ? health.healthOf(resourceId, fqdn) : null;
    return SipConfigurationBody.preview(configuration, healthOf);
  }
}
