package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.CallingResource;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.paging.NextLink;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reservations of phone numbers: ACS phone numbers, REST side. */
@Path("/availablePhoneNumbers/reservations")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class ReservationsResource {
  private static final String ID = "reservationId";
  private static final int MULTI_STATUS = 207;

  private final Reservations reservations;

  ReservationsResource(Reservations reservations) {
    this.reservations = reservations;
  }

  @GET
  @Limited("numbers-read")
  @Operation(
      operationId = "listReservations",
      summary = "Lists the reservations of the resource, without their phone numbers.")
  @ApiResponse(responseCode = "200", description = "A page of reservations.")
  @ApiResponse(responseCode = "400", description = "maxPageSize is out of range.")
  public ReservationBody.PageBody list(
      @QueryParam("skip") @Nullable String skip,
      @QueryParam("maxPageSize") @Nullable String maxPageSize,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, maxPageSize, "maxPageSize");
    Page.Of<Reservation> found = reservations.list(CallingResource.idOf(request), page);
    return new ReservationBody.PageBody(
        found.items().stream().map(ReservationBody::withoutNumbers).toList(),
        found.more()
            ? NextLink.of(
                request, Map.of("skip", page.skip() + page.size(), "maxPageSize", page.size()))
            : null);
  }

  @GET
  @Limited("numbers-read")
  @Path("/{reservationId}")
  @Operation(operationId = "getReservation", summary = "Gets a reservation with its phone numbers.")
  @ApiResponse(responseCode = "200", description = "The reservation.")
  @ApiResponse(responseCode = "400", description = "The id is no GUID.")
  @ApiResponse(responseCode = "404", description = "The resource has no such reservation.")
  public ReservationBody get(
      @PathParam(ID) String reservationId, @Context ContainerRequestContext request) {
    return ReservationBody.of(
        reservations.get(CallingResource.idOf(request), Queries.guid(reservationId, ID)));
  }

  @PATCH
  @Limited("numbers-write")
  @Path("/{reservationId}")
  @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
  @Operation(
      operationId = "createOrUpdateReservation",
      summary = "Makes a reservation, or adds and removes phone numbers.")
  @ApiResponse(responseCode = "200", description = "The reservation was changed.")
  @ApiResponse(responseCode = "201", description = "The reservation was made.")
  @ApiResponse(responseCode = "207", description = "Some phone numbers could not be reserved.")
  @ApiResponse(responseCode = "400", description = "The id or the body is not valid.")
  @ApiResponse(responseCode = "409", description = "The reservation is not active any more.")
  @ApiResponse(responseCode = "429", description = "The resource holds too many phone numbers.")
  public Response createOrUpdate(
      @PathParam(ID) String reservationId,
      @Valid @Nullable ReservationRequest body,
      @Context ContainerRequestContext request) {
    UUID id = Queries.guid(reservationId, ID);
    ReservationRequest patch = body == null ? new ReservationRequest(null, null) : body;
    if (patch.id() != null && !Queries.guid(patch.id(), "id").equals(id)) {
      throw NumberErrors.invalid("id", "id must be the one in the path.");
    }
    Reservations.Changed changed =
        reservations.change(CallingResource.idOf(request), id, patch.change());
    int status = changed.refused().isEmpty() ? (changed.created() ? 201 : 200) : MULTI_STATUS;
    return Response.status(status).entity(ReservationBody.of(changed, patch)).build();
  }

  @DELETE
  @Limited("numbers-write")
  @Path("/{reservationId}")
  @Operation(
      operationId = "deleteReservation",
      summary = "Removes a reservation; its phone numbers are free again.")
  @ApiResponse(responseCode = "204", description = "The reservation was removed.")
  @ApiResponse(responseCode = "400", description = "The id is no GUID.")
  @ApiResponse(responseCode = "404", description = "The resource has no such reservation.")
  @ApiResponse(responseCode = "409", description = "The reservation is being bought.")
  public void delete(
      @PathParam(ID) String reservationId, @Context ContainerRequestContext request) {
    reservations.delete(CallingResource.idOf(request), Queries.guid(reservationId, ID));
  }

  @POST
  @Limited("numbers-write")
  @Path("/{reservationId}/:purchase")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "purchaseReservation",
      summary = "Begins to buy the phone numbers of a reservation.")
  @ApiResponse(responseCode = "202", description = "An operation was started.")
  @ApiResponse(responseCode = "400", description = "The id is no GUID, or an agreement is missing.")
  @ApiResponse(responseCode = "404", description = "The resource has no such reservation.")
  @ApiResponse(responseCode = "409", description = "The reservation is empty or not active.")
  @ApiResponse(responseCode = "429", description = "Too many operations are not finished.")
  public Response purchase(
      @PathParam(ID) String reservationId,
      @Nullable PurchaseRequest body,
      @Context ContainerRequestContext request) {
    io.vaxel.common.operation.Operation operation =
        reservations.purchase(
            CallingResource.idOf(request),
            Queries.guid(reservationId, ID),
            body != null && Boolean.TRUE.equals(body.agreeToNotResell()));
    return OperationAnswers.accepted(request, operation, "reservation-purchase-id", operation.id());
  }

  /**
   * Body of "purchase"; may be empty.
   *
   * @param agreeToNotResell false when left out
   */
  record PurchaseRequest(@Nullable Boolean agreeToNotResell) {}
}
