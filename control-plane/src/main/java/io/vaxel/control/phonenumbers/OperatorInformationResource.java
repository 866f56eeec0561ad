package io.vaxel.control.phonenumbers;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.vaxel.common.credential.ResourceCredential;
import io.vaxel.common.limit.Limited;
import io.vaxel.common.version.ApiService;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known about any number: ACS operator information, REST side. */
@Path("/operatorInformation")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class OperatorInformationResource {
  private final OperatorLookup plans;

  OperatorInformationResource(OperatorLookup plans) {
    this.plans = plans;
  }

  @POST
  @Limited("numbers-write")
  @Path("/:search")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "operatorInformation",
      summary = "Looks up the format, the type and the operator of a phone number.")
  @ApiResponse(responseCode = "200", description = "What is known.")
  @ApiResponse(responseCode = "400", description = "There is not exactly one valid phone number.")
  public Values search(@Valid @Nullable LookupRequest body) {
    LookupRequest lookup = Queries.given(body, "body");
    String number = String.valueOf(Queries.given(lookup.phoneNumbers(), "phoneNumbers").getFirst());
    boolean details =
        lookup.options() != null
            && Boolean.TRUE.equals(lookup.options().includeAdditionalOperatorDetails());
    OperatorInformation found =
        E164.isValid(number) ? plans.find(number, details).orElse(null) : null;
    if (found == null) {
      throw NumberErrors.invalid(
          "phoneNumbers[0]", "phoneNumbers[0] must be a phone number in the form of E.164.");
    }
    return new Values(List.of(found));
  }

  /**
   * Body of "search operator information".
   *
   * @param phoneNumbers exactly one, E.164
   */
  record LookupRequest(
      @Size(min = 1, max = 1, message = "must have exactly one phone number")
          @Nullable List<@Nullable String> phoneNumbers,
      @Nullable Options options) {}

  /**
   * What is wanted.
   *
   * @param includeAdditionalOperatorDetails whether the operator is wanted; false when left out
   */
  record Options(@Nullable Boolean includeAdditionalOperatorDetails) {}

  /** Answer, one value for each number. */
  record Values(List<OperatorInformation> values) {}
}
