package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ApiException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The inventory of phone numbers, for operators of the server. */
@Path("/admin/numbers")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class AdminNumbersResource {
  private final NumberStock stock;

  AdminNumbersResource(NumberStock stock) {
    this.stock = stock;
  }

  @GET
  @Operation(
      operationId = "listNumbers",
      summary = "Lists the numbers of the inventory, in their order.")
  @ApiResponse(responseCode = "200", description = "A page of numbers; nextLink leads to the next.")
  @ApiResponse(responseCode = "400", description = "A parameter is not valid.")
  @ApiResponse(responseCode = "401", description = "There is no operator's token.")
  @ApiResponse(responseCode = "403", description = "The token is not an operator's.")
  public AdminNumberBody.PageBody list(
      @QueryParam("country") @Nullable String country,
      @QueryParam("type") @Nullable String type,
      @QueryParam("owned") @Nullable String owned,
      @QueryParam("resource") @Nullable String resource,
      @QueryParam("skip") @Nullable String skip,
      @QueryParam("top") @Nullable String top,
      @Context UriInfo uri) {
    Page page = Queries.page(skip, top, "top");
    NumberStock.Filter filter =
        new NumberStock.Filter(
            country == null || country.isEmpty() ? null : Queries.country(country),
            Queries.optional(type, "type", PhoneNumberType::of),
            Queries.optional(owned, "owned", AdminNumbersResource::truth),
            resource == null || resource.isEmpty() ? null : Queries.text(resource, "resource"));
    Page.Of<StockEntry> found = stock.list(filter, page);
    return new AdminNumberBody.PageBody(
        found.items().stream().map(AdminNumberBody::of).toList(),
        found.more() ? next(uri, page) : null);
  }

  @DELETE
  @Path("/{number}")
  @Operation(
      operationId = "deleteNumber",
      summary = "Takes a number out of the inventory that nobody owns or holds.")
  @ApiResponse(responseCode = "204", description = "It was taken out.")
  @ApiResponse(responseCode = "400", description = "It is not in the form of E.164.")
  @ApiResponse(responseCode = "401", description = "There is no operator's token.")
  @ApiResponse(responseCode = "403", description = "The token is not an operator's.")
  @ApiResponse(responseCode = "404", description = "The inventory does not have it.")
  @ApiResponse(responseCode = "409", description = "A resource owns or holds it.")
  public void delete(@PathParam("number") String number) {
    switch (stock.remove(Queries.phoneNumber(number))) {
      case DONE -> {}
      case UNKNOWN -> throw NumberErrors.numberNotFound(number);
      case IN_USE ->
          throw new ApiException(
              409, "Conflict", "A resource owns or holds this phone number.", "number");
    }
  }

  @POST
  @Path("/{number}/:release")
  @Operation(
      operationId = "releaseNumber",
      summary = "Takes a number from the resource that owns it.")
  @ApiResponse(responseCode = "204", description = "It is free.")
  @ApiResponse(responseCode = "400", description = "It is not in the form of E.164.")
  @ApiResponse(responseCode = "401", description = "There is no operator's token.")
  @ApiResponse(responseCode = "403", description = "The token is not an operator's.")
  @ApiResponse(responseCode = "404", description = "No resource owns it.")
  public void release(@PathParam("number") String number) {
    if (!stock.release(Queries.phoneNumber(number))) {
      throw NumberErrors.numberNotFound(number);
    }
  }

  private static Boolean truth(String text) {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /** Path and query alone: operators come by other addresses than the public one. */
  private static String next(UriInfo uri, Page page) {
    UriBuilder link =
        UriBuilder.fromPath("/" + Objects.requireNonNull(uri.getPath(false)))
            .replaceQuery(uri.getRequestUri().getRawQuery())
            .replaceQueryParam("skip", page.skip() + page.size())
            .replaceQueryParam("top", page.size());
    return link.build().toString();
  }
}
