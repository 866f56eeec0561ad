package io.vaxel.control.phonenumbers;

import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of "browse".
 *
 * @param capabilities what the numbers must be able to do; each part may be left out
 * @param assignmentType any when left out
 * @param phoneNumberPrefixes one of these begins the number, country code first; any when left out
 */
record BrowseRequest(
    @Nullable PhoneNumberType phoneNumberType,
    @Nullable Wanted capabilities,
    @Nullable AssignmentType assignmentType,
    @Size(max = 20, message = "must have at most 20 prefixes")
        @Nullable
            List<@Pattern(regexp = "\\+?[0-9]{1,15}", message = "must be digits") @Nullable String>
            phoneNumberPrefixes) {

  /** Directions that are wanted; none when left out. */
  record Wanted(@Nullable CapabilityType calling, @Nullable CapabilityType sms) {
    Capabilities toCapabilities() {
      return new Capabilities(
          calling == null ? CapabilityType.NONE : calling, sms == null ? CapabilityType.NONE : sms);
    }
  }

  /** What is looked for, after the body was validated. */
  StockFilter filter(String country) {
    StockFilter filter =
        StockFilter.ofCountry(country)
            .withType(Queries.given(phoneNumberType, "phoneNumberType"))
            .withAssignment(assignmentType);
    if (capabilities != null) {
      filter = filter.withCapabilities(capabilities.toCapabilities());
    }
    if (phoneNumberPrefixes != null) {
      filter =
          filter.withPrefixes(phoneNumberPrefixes.stream().map(prefix -> digits(prefix)).toList());
    }
    return filter;
  }

  private static String digits(@Nullable String prefix) {
    if (prefix == null) {
      throw NumberErrors.invalid("phoneNumberPrefixes", "phoneNumberPrefixes must have no null.");
    }
    return prefix.replace("+", "");
  }
}
