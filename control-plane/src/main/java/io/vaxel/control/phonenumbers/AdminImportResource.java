package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.error.ErrorBody;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fills the inventory of phone numbers, for operators of the server. */
@Path("/admin/numbers:import")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class AdminImportResource {
  private final NumberStock stock;

  AdminImportResource(NumberStock stock) {
    this.stock = stock;
  }

  @POST
  @Consumes("text/csv")
  @Operation(
      operationId = "importNumbersCsv",
      summary = "Adds numbers from CSV with a header, all or none.")
  @ApiResponse(responseCode = "200", description = "All were added.")
  @ApiResponse(responseCode = "400", description = "Lines are not valid; details has each.")
  @ApiResponse(responseCode = "401", description = "There is no operator's token.")
  @ApiResponse(responseCode = "403", description = "The token is not an operator's.")
  public Response importCsv(@Nullable String list) {
    return answer(list == null ? "" : list, InventoryList::ofCsv);
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "importNumbersJson",
      summary = "Adds numbers from a JSON array of objects, all or none.")
  @ApiResponse(responseCode = "200", description = "All were added.")
  @ApiResponse(responseCode = "400", description = "Lines are not valid; details has each.")
  @ApiResponse(responseCode = "401", description = "There is no operator's token.")
  @ApiResponse(responseCode = "403", description = "The token is not an operator's.")
  public Response importJson(@Nullable String list) {
    return answer(list == null ? "" : list, InventoryList::ofJson);
  }

  private interface Reader {
    List<InventoryList.Line> read(String text) throws InvalidInventoryException;
  }

  private Response answer(String text, Reader reader) {
    try {
      List<InventoryList.Line> lines = reader.read(text);
      stock.add(lines);
      return Response.ok(new AdminNumberBody.Imported(lines.size())).build();
    } catch (InvalidInventoryException e) {
      List<ErrorBody.Detail> details =
          e.faults().stream()
              .map(
                  fault ->
                      ErrorBody.Detail.of(
                          "ValidationError",
                          fault.message(),
                          fault.line() == 0 ? null : "line " + fault.line()))
              .toList();
      return Response.status(Response.Status.BAD_REQUEST)
          .entity(
              new ErrorBody(
                  new ErrorBody.Detail(
                      "ValidationError", String.valueOf(e.getMessage()), "body", details)))
          .build();
    }
  }
}
