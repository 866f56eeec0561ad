package io.vaxel.control.phonenumbers;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Body of "search".
 *
 * @param areaCode exactly this one; any when left out
 * @param quantity how many numbers, 1 when left out
 */
record SearchRequest(
    @Nullable PhoneNumberType phoneNumberType,
    @Nullable AssignmentType assignmentType,
    @Valid @Nullable CapabilitiesRequest capabilities,
    @Pattern(regexp = "[0-9]{0,8}", message = "must have at most 8 digits")
        @Nullable String areaCode,
    @Min(value = 1, message = "must be at least 1") @Nullable Integer quantity) {

  /** What is looked for, after the body was validated. */
  Search.Criteria criteria(String country) {
    return new Search.Criteria(
        country,
        Queries.given(phoneNumberType, "phoneNumberType"),
        Queries.given(assignmentType, "assignmentType"),
        Queries.given(capabilities, "capabilities").toCapabilities(),
        areaCode == null ? "" : areaCode,
        quantity == null ? 1 : quantity);
  }
}
