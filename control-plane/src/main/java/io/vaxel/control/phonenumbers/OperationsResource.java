package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The long-running operations of the phone numbers service, which the SDKs' pollers ask for. */
@Path("/phoneNumbers/operations/{operationId}")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class OperationsResource {
  private final Operations operations;

  OperationsResource(Operations operations) {
    this.operations = operations;
  }

  @GET
  @Limited("numbers-read")
  @Operation(operationId = "getOperation", summary = "Tells where an operation stands.")
  @ApiResponse(responseCode = "200", description = "The operation.")
  @ApiResponse(responseCode = "404", description = "The resource has no such operation.")
  public Response get(
      @PathParam("operationId") String operationId, @Context ContainerRequestContext request) {
    return OperationAnswers.status(request, find(operationId, request));
  }

  @DELETE
  @Limited("numbers-write")
  @Operation(
      operationId = "cancelOperation",
      summary = "Cancels an operation that is not finished; else does nothing.")
  @ApiResponse(responseCode = "204", description = "The operation is finished.")
  @ApiResponse(responseCode = "404", description = "The resource has no such operation.")
  public void cancel(
      @PathParam("operationId") String operationId, @Context ContainerRequestContext request) {
    io.vaxel.common.operation.Operation found = find(operationId, request);
    operations.cancel(found.resourceId(), found.id());
  }

  private io.vaxel.common.operation.Operation find(
      String operationId, ContainerRequestContext request) {
    return operations
        .find(CallingResource.idOf(request), Queries.text(operationId, "operationId"))
        .filter(OperationBody::shows)
        .orElseThrow(NumberErrors::operationNotFound);
  }
}
