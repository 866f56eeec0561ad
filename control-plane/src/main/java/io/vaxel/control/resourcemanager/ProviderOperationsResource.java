package io.vaxel.control.resourcemanager;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.OperatorCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with resources of {@code Microsoft.Communication}, in the words of Azure roles.
 */
@Path("/providers/Microsoft.Communication/operations")
@ApiService(ResourceManagerVersions.SERVICE)
@OperatorCredential
@Produces(MediaType.APPLICATION_JSON)
public final class ProviderOperationsResource {
  private static final OperationList ALL =
      new OperationList(
          List.of(
              operation("read", "Read communication service", "Reads communication services"),
              operation("write", "Write communication service", "Writes communication services"),
              operation("delete", "Delete communication service", "Deletes communication services"),
              operation(
                  "listKeys/action", "List keys", "Reads the keys of a communication service"),
              operation(
                  "regenerateKey/action",
                  "Regenerate key",
                  "Replaces a key of a communication service"),
              operation(
                  "linkNotificationHub/action",
                  "Link notification hub",
                  "Links a notification hub with a communication service"),
              new ProviderOperation(
                  "Microsoft.Communication/checkNameAvailability/action",
                  false,
                  new Display(
                      "Azure Communication Services",
                      "Name availability",
                      "Check name availability",
                      "Tells whether a name is free"),
                  "user,system",
                  "Internal"),
              new ProviderOperation(
                  "Microsoft.Communication/operations/read",
                  false,
                  new Display(
                      "Azure Communication Services",
                      "Operations",
                      "Read operations",
                      "Reads the operations of the provider"),
                  "user,system",
                  "Internal")),
          null);

  ProviderOperationsResource() {}

  @GET
  @Limited("resources-read")
  @io.swagger.v3.oas.annotations.Operation(
      operationId = "listOperations",
      summary = "List the operations of the provider")
  @ApiResponse(
      responseCode = "200",
      description = "All of them, on one page",
      useReturnTypeSchema = true)
  public OperationList list() {
    return ALL;
  }

  private static ProviderOperation operation(String action, String title, String description) {
    return new ProviderOperation(
        "Microsoft.Communication/CommunicationServices/" + action,
        false,
        new Display("Azure Communication Services", "Communication services", title, description),
        "user,system",
        "Internal");
  }

  /** The list; there is never a second page. */
  record OperationList(List<ProviderOperation> value, @Nullable String nextLink) {}

  /** One operation. */
  record ProviderOperation(
      String name, boolean isDataAction, Display display, String origin, String actionType) {}

  /** Words for people. */
  record Display(String provider, String resource, String operation, String description) {}
}
