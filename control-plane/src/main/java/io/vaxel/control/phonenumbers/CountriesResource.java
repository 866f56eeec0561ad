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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What there is to buy, country by country, and searching it: ACS phone numbers, REST side. */
@Path("/availablePhoneNumbers/countries")
@ApiService(PhoneNumbersVersions.SERVICE)
@ResourceCredential
@Produces(MediaType.APPLICATION_JSON)
public final class CountriesResource {
  private static final String SIZE = "maxPageSize";

  private final Catalogue catalogue;
  private final Searches searches;
  private final PhoneNumberLimits limits;

  CountriesResource(Catalogue catalogue, Searches searches, PhoneNumberLimits limits) {
    this.catalogue = catalogue;
    this.searches = searches;
    this.limits = limits;
  }

  @GET
  @Limited("numbers-read")
  @Operation(
      operationId = "listCountries",
      summary = "Lists the countries that have phone numbers to buy.")
  @ApiResponse(responseCode = "200", description = "A page of countries.")
  @ApiResponse(responseCode = "400", description = "skip or maxPageSize is out of range.")
  public CountryBodies.CountryPage countries(
      @QueryParam("skip") @Nullable String skip,
      @QueryParam(SIZE) @Nullable String maxPageSize,
      @HeaderParam("accept-language") @Nullable String language,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, maxPageSize, SIZE);
    Page.Of<Catalogue.Country> found = catalogue.countries(page, Countries.languageOf(language));
    return new CountryBodies.CountryPage(found.items(), next(request, page, found));
  }

  @GET
  @Limited("numbers-read")
  @Path("/{countryCode}/areaCodes")
  @Operation(
      operationId = "listAreaCodes",
      summary = "Lists the area codes of a country that have phone numbers to buy.")
  @ApiResponse(responseCode = "200", description = "A page of area codes.")
  @ApiResponse(
      responseCode = "400",
      description = "A parameter is not valid, or none names the type.")
  @ApiResponse(responseCode = "404", description = "There is no such country.")
  public CountryBodies.AreaCodePage areaCodes(
      @PathParam("countryCode") String countryCode,
      @QueryParam("phoneNumberType") @Nullable String phoneNumberType,
      @QueryParam("assignmentType") @Nullable String assignmentType,
      @QueryParam("locality") @Nullable String locality,
      @QueryParam("administrativeDivision") @Nullable String administrativeDivision,
      @QueryParam("skip") @Nullable String skip,
      @QueryParam(SIZE) @Nullable String maxPageSize,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, maxPageSize, SIZE);
    StockFilter filter =
        filter(countryCode, phoneNumberType, assignmentType)
            .withPlace(
                Queries.text(locality, "locality"),
                Queries.text(administrativeDivision, "administrativeDivision"));
    if (filter.type() == null) {
      throw NumberErrors.invalid("phoneNumberType", "phoneNumberType must be given.");
    }
    Page.Of<String> found = catalogue.areaCodes(filter, page);
    return new CountryBodies.AreaCodePage(
        found.items().stream().map(CountryBodies.AreaCode::new).toList(),
        next(request, page, found));
  }

  @GET
  @Limited("numbers-read")
  @Path("/{countryCode}/localities")
  @Operation(
      operationId = "listLocalities",
      summary = "Lists the towns of a country that have phone numbers to buy.")
  @ApiResponse(responseCode = "200", description = "A page of towns.")
  @ApiResponse(responseCode = "400", description = "A parameter is not valid.")
  @ApiResponse(responseCode = "404", description = "There is no such country.")
  public CountryBodies.LocalityPage localities(
      @PathParam("countryCode") String countryCode,
      @QueryParam("administrativeDivision") @Nullable String administrativeDivision,
      @QueryParam("phoneNumberType") @Nullable String phoneNumberType,
      @QueryParam("skip") @Nullable String skip,
      @QueryParam(SIZE) @Nullable String maxPageSize,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, maxPageSize, SIZE);
    StockFilter filter =
        filter(countryCode, phoneNumberType, null)
            .withPlace("", Queries.text(administrativeDivision, "administrativeDivision"));
    Page.Of<StockNumber.Place> found = catalogue.localities(filter, page);
    return new CountryBodies.LocalityPage(
        found.items().stream().map(CountryBodies.Locality::of).toList(),
        next(request, page, found));
  }

  @GET
  @Limited("numbers-read")
  @Path("/{countryCode}/offerings")
  @Operation(
      operationId = "listOfferings",
      summary = "Lists the kinds of phone numbers of a country that can be bought.")
  @ApiResponse(responseCode = "200", description = "A page of offerings.")
  @ApiResponse(responseCode = "400", description = "A parameter is not valid.")
  @ApiResponse(responseCode = "404", description = "There is no such country.")
  public CountryBodies.OfferingPage offerings(
      @PathParam("countryCode") String countryCode,
      @QueryParam("phoneNumberType") @Nullable String phoneNumberType,
      @QueryParam("assignmentType") @Nullable String assignmentType,
      @QueryParam("skip") @Nullable String skip,
      @QueryParam(SIZE) @Nullable String maxPageSize,
      @Context ContainerRequestContext request) {
    Page page = Queries.page(skip, maxPageSize, SIZE);
    Page.Of<Offering> found =
        catalogue.offerings(filter(countryCode, phoneNumberType, assignmentType), page);
    return new CountryBodies.OfferingPage(
        found.items().stream().map(CountryBodies.OfferingBody::of).toList(),
        next(request, page, found));
  }

  @POST
  @Limited("numbers-write")
  @Path("/{countryCode}/:browse")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "browse",
      summary = "Shows some phone numbers that can be reserved, by chance.")
  @ApiResponse(responseCode = "200", description = "Phone numbers, none of them held.")
  @ApiResponse(responseCode = "400", description = "The body is not valid.")
  @ApiResponse(responseCode = "404", description = "There is no such country.")
  public AvailableNumberBody.ListBody browse(
      @PathParam("countryCode") String countryCode, @Valid @Nullable BrowseRequest body) {
    StockFilter filter = Queries.given(body, "body").filter(Queries.country(countryCode));
    return new AvailableNumberBody.ListBody(
        catalogue.browse(filter).stream()
            .map(number -> AvailableNumberBody.of(number, "available"))
            .toList());
  }

  @POST
  @Limited("numbers-write")
  @Path("/{countryCode}/:search")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "search",
      summary = "Begins to search phone numbers, which are held for a while when found.")
  @ApiResponse(responseCode = "202", description = "An operation was started.")
  @ApiResponse(responseCode = "400", description = "The body is not valid.")
  @ApiResponse(responseCode = "404", description = "There is no such country.")
  @ApiResponse(responseCode = "429", description = "The resource holds too many phone numbers.")
  public Response search(
      @PathParam("countryCode") String countryCode,
      @Valid @Nullable SearchRequest body,
      @Context ContainerRequestContext request) {
    Search.Criteria criteria = Queries.given(body, "body").criteria(Queries.country(countryCode));
    if (criteria.capabilities().isNothing()) {
      throw NumberErrors.invalid("capabilities", "capabilities must ask for calling or sms.");
    }
    if (criteria.quantity() > limits.heldNumbers()) {
      throw NumberErrors.invalid(
          "quantity", "quantity must be at most " + limits.heldNumbers() + " on this server.");
    }
    Searches.Started started = searches.start(CallingResource.idOf(request), criteria);
    return OperationAnswers.accepted(
        request, started.operation(), "search-id", started.searchId().toString());
  }

  private static StockFilter filter(
      String countryCode, @Nullable String phoneNumberType, @Nullable String assignmentType) {
    return StockFilter.ofCountry(Queries.country(countryCode))
        .withType(Queries.optional(phoneNumberType, "phoneNumberType", PhoneNumberType::of))
        .withAssignment(Queries.optional(assignmentType, "assignmentType", AssignmentType::of));
  }

  private static @Nullable URI next(ContainerRequestContext request, Page page, Page.Of<?> found) {
    return found.more()
        ? NextLink.of(request, Map.of("skip", page.skip() + page.size(), SIZE, page.size()))
        : null;
  }
}
