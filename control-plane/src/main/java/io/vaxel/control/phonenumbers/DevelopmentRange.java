package io.vaxel.control.phonenumbers;

import java.util.ArrayList;
import java.util.List;

/**
 * Numbers to try things out with: those from 555-0100 to 555-0149 of some area codes of the United
 * States, which the numbering plan keeps for fiction. Nobody can be reached by them.
 */
final class DevelopmentRange {
  private static final int FIRST = 5_550_100;
  private static final int COUNT = 50;
  private static final Capabilities EVERYTHING =
      new Capabilities(CapabilityType.BOTH, CapabilityType.BOTH);
  private static final Cost GEOGRAPHIC_COST = new Cost(1_000_000, "USD");
  private static final Cost TOLL_FREE_COST = new Cost(2_000_000, "USD");

  private static final List<StockNumber.Place> TOWNS =
      List.of(
          new StockNumber.Place("206", "Seattle", "WA", "Washington"),
          new StockNumber.Place("425", "Bellevue", "WA", "Washington"),
          new StockNumber.Place("212", "New York City", "NY", "New York"),
          new StockNumber.Place("312", "Chicago", "IL", "Illinois"),
          new StockNumber.Place("415", "San Francisco", "CA", "California"));
  private static final List<String> TOLL_FREE_CODES = List.of("800", "833", "888");

  private DevelopmentRange() {}

  static List<StockNumber> numbers() {
    List<StockNumber> numbers = new ArrayList<>();
    for (StockNumber.Place town : TOWNS) {
      // One town's are for people, so that both kinds can be bought.
      AssignmentType assignment =
          town.areaCode().equals("212") ? AssignmentType.PERSON : AssignmentType.APPLICATION;
      add(numbers, PhoneNumberType.GEOGRAPHIC, assignment, GEOGRAPHIC_COST, town);
    }
    for (String code : TOLL_FREE_CODES) {
      add(
          numbers,
          PhoneNumberType.TOLL_FREE,
          AssignmentType.APPLICATION,
          TOLL_FREE_COST,
          new StockNumber.Place(code, "", "", ""));
    }
    return numbers;
  }

  private static void add(
      List<StockNumber> numbers,
      PhoneNumberType type,
      AssignmentType assignment,
      Cost cost,
      StockNumber.Place place) {
    for (int number = FIRST; number < FIRST + COUNT; number++) {
      numbers.add(
          new StockNumber(
              "+1" + place.areaCode() + number,
              "US",
              type,
              assignment,
              EVERYTHING,
              cost,
              place,
              false,
              "development"));
    }
  }
}
