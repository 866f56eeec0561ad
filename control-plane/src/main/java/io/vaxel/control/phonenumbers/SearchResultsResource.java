package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.operation.OperationError;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Results of searches, and buying them: ACS phone numbers, REST side. */
@Path("/availablePhoneNumbers")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class SearchResultsResource {
  private final Searches searches;
  private final Operations operations;
  private final InstantSource clock;

  SearchResultsResource(Searches searches, Operations operations, InstantSource clock) {
    this.searches = searches;
    this.operations = operations;
    this.clock = clock;
  }

  @GET
  @Limited("numbers-read")
  @Path("/searchResults/{searchId}")
  @Operation(operationId = "getSearchResult", summary = "Gets what a search found.")
  @ApiResponse(responseCode = "200", description = "The result, which may be an error.")
  @ApiResponse(responseCode = "400", description = "The id is no GUID.")
  @ApiResponse(
      responseCode = "404",
      description = "The resource has no such search, or it is not finished.")
  public SearchResultBody result(
      @PathParam("searchId") String searchId, @Context ContainerRequestContext request) {
    UUID resourceId = CallingResource.idOf(request);
    Search search =
        searches
            .find(resourceId, Queries.guid(searchId, "searchId"))
            .orElseThrow(NumberErrors::searchNotFound);
    if (search.found() != null) {
      return SearchResultBody.of(search, null, clock.instant());
    }
    OperationError failure =
        operations
            .find(resourceId, search.operationId())
            .map(io.vaxel.common.operation.Operation::error)
            .orElseThrow(NumberErrors::searchNotFound);
    return SearchResultBody.of(search, failure.code(), clock.instant());
  }

  @POST
  @Limited("numbers-write")
  @Path("/:purchase")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(operationId = "purchase", summary = "Begins to buy what a search found.")
  @ApiResponse(responseCode = "202", description = "An operation was started.")
  @ApiResponse(responseCode = "400", description = "The body is not valid, or lacks an agreement.")
  @ApiResponse(responseCode = "404", description = "The resource has no such search.")
  @ApiResponse(responseCode = "409", description = "Its time is over, or it was bought already.")
  @ApiResponse(responseCode = "429", description = "Too many operations are not finished.")
  public Response purchase(
      @Valid @Nullable PurchaseRequest body, @Context ContainerRequestContext request) {
    UUID searchId = Queries.guid(body == null ? null : body.searchId(), "searchId");
    boolean agrees = body != null && Boolean.TRUE.equals(body.agreeToNotResell());
    io.vaxel.common.operation.Operation operation =
        searches.purchase(CallingResource.idOf(request), searchId, agrees);
    return OperationAnswers.accepted(request, operation, "purchase-id", operation.id());
  }

  /**
   * Body of "purchase".
   *
   * @param searchId what to buy
   * @param agreeToNotResell false when left out
   */
  record PurchaseRequest(@Nullable String searchId, @Nullable Boolean agreeToNotResell) {}
}
