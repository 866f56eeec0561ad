package io.vaxel.control.phonenumbers;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answers of {@link CountriesResource}: pages of what there is to buy. */
final class CountryBodies {
  private CountryBodies() {}

  record CountryPage(List<Catalogue.Country> countries, @Nullable URI nextLink) {}

  record AreaCode(String areaCode) {}

  record AreaCodePage(List<AreaCode> areaCodes, @Nullable URI nextLink) {}

  record Division(String localizedName, String abbreviatedName) {}

  record Locality(String localizedName, @Nullable Division administrativeDivision) {
    static Locality of(StockNumber.Place place) {
      return new Locality(
          place.locality(),
          place.division().isEmpty() ? null : new Division(place.divisionName(), place.division()));
    }
  }

  record LocalityPage(List<Locality> phoneNumberLocalities, @Nullable URI nextLink) {}

  record OfferingBody(
      PhoneNumberType phoneNumberType,
      AssignmentType assignmentType,
      Capabilities availableCapabilities,
      CostBody cost) {
    static OfferingBody of(Offering offering) {
      return new OfferingBody(
          offering.type(),
          offering.assignment(),
          offering.capabilities(),
          CostBody.of(offering.cost()));
    }
  }

  record OfferingPage(List<OfferingBody> phoneNumberOfferings, @Nullable URI nextLink) {}
}
