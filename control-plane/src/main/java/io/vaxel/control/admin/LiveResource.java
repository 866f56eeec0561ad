package io.vaxel.control.admin;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** What is live in the server now. */
@Path("/admin/live")
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class LiveResource {
  private final LiveCounts counts;

  public LiveResource(LiveCounts counts) {
    this.counts = counts;
  }

  @GET
  @Operation(
      operationId = "getLiveCounts",
      summary = "Count connections, calls and participants of this process")
  @ApiResponse(responseCode = "200", description = "The counts", useReturnTypeSchema = true)
  public LiveCounts.Counts get() {
    return counts.now();
  }
}
