package io.vaxel.control.phonenumbers;

/**
 * A number that can be bought, as the carrier describes it.
 *
 * @param number E.164 with its plus
 * @param country ISO 3166-1 alpha-2, upper case
 * @param type its kind
 * @param assignment who it is meant for
 * @param capabilities all that the carrier does with it
 * @param cost a month's price
 * @param place where it belongs
 * @param resaleAgreement whether its buyer must agree not to resell it
 * @param carrierReference the carrier's own name for it, or empty
 */
public record StockNumber(
    String number,
    String country,
    PhoneNumberType type,
    AssignmentType assignment,
    Capabilities capabilities,
    Cost cost,
    Place place,
    boolean resaleAgreement,
    String carrierReference) {

  /**
   * Where a number belongs; each part is empty where it does not apply.
   *
   * @param areaCode digits after the country's, such as {@code 425}
   * @param locality a town
   * @param division abbreviation of a state or province
   * @param divisionName its full name
   */
  public record Place(String areaCode, String locality, String division, String divisionName) {
    static final Place NOWHERE = new Place("", "", "", "");
  }

  /** The id by which ACS names it: its digits. */
  public String id() {
    return E164.idOf(number);
  }
}
