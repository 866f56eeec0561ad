package io.vaxel.control.phonenumbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InventoryListTest {
  private static final String HEADER = "number,type,calling\n";

  private static List<String> faultsOf(String csv) {
    return assertThrows(InvalidInventoryException.class, () -> InventoryList.ofCsv(csv))
        .faults()
        .stream()
        .map(Object::toString)
        .toList();
  }

  private static List<String> faultsOfJson(String json) {
    return assertThrows(InvalidInventoryException.class, () -> InventoryList.ofJson(json))
        .faults()
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void everyColumnIsRead() throws Exception {
    List<InventoryList.Line> lines =
        InventoryList.ofCsv(
            """
            number,type,assignment,calling,sms,cost,currency,country,areaCode,locality,administrativeDivision,administrativeDivisionName,resaleAgreement,carrierReference
            +14165550100,geographic,person,inbound+outbound,outbound,2.5,cad,ca,416,"Toronto, Old",ON,Ontario,true,"a ""b"" c"
            """);
    assertEquals(
        List.of(
            new InventoryList.Line(
                2,
                new StockNumber(
                    "+14165550100",
                    "CA",
                    PhoneNumberType.GEOGRAPHIC,
                    AssignmentType.PERSON,
                    new Capabilities(CapabilityType.BOTH, CapabilityType.OUTBOUND),
                    new Cost(2_500_000, "CAD"),
                    new StockNumber.Place("416", "Toronto, Old", "ON", "Ontario"),
                    true,
                    "a \"b\" c"))),
        lines);
  }

  @Test
  void theRestHasDefaults() throws Exception {
    StockNumber number =
        InventoryList.ofCsv(HEADER + "+442079460018 , geographic , inbound\r\n")
            .getFirst()
            .number();
    assertEquals("GB", number.country());
    assertEquals(AssignmentType.APPLICATION, number.assignment());
    assertEquals(CapabilityType.NONE, number.capabilities().sms());
    assertEquals(new Cost(0, "USD"), number.cost());
    assertEquals(StockNumber.Place.NOWHERE, number.place());
  }

  @Test
  void jsonHasTheSameNames() throws Exception {
    List<InventoryList.Line> lines =
        InventoryList.ofJson(
            "[\n{\"number\":\"+18005550100\",\"type\":\"tollFree\",\"sms\":\"outbound\","
                + "\"cost\":2,\"resaleAgreement\":true,\"locality\":null}]");
    assertEquals(2, lines.getFirst().line());
    assertEquals(new Cost(2_000_000, "USD"), lines.getFirst().number().cost());
    assertTrue(lines.getFirst().number().resaleAgreement());
  }

  @Test
  void everyFaultyLineIsTold() {
    assertEquals(
        List.of(
            "line 3: number must be in the form of E.164, such as +14255550123, but is \"12\"",
            "line 5: type must be geographic, tollFree or mobile",
            "line 6: +14255550100 is in the list twice"),
        faultsOf(
            HEADER
                + "+14255550100,geographic,inbound\n"
                + "12,geographic,inbound\n"
                + "+14255550101,geographic,inbound\n"
                + "+14255550102,voip,inbound\n"
                + "+14255550100,geographic,inbound\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "assignment | robot | assignment must be person or application",
        "sms | both | sms must be none, inbound, outbound or inbound+outbound",
        "cost | 1e9 | cost must be an amount such as 2.50",
        "cost | -1 | cost must be an amount such as 2.50",
        "cost | 1000001 | cost must be 0 to 1000000",
        "currency | XYZW | currency must be a code of ISO 4217, such as USD",
        "country | UK | country must be a code of ISO 3166, such as US",
        "country | DE | +14255550100 is no phone number of DE",
        "areaCode | 42x | areaCode must be at most 8 digits",
        "resaleAgreement | yes | resaleAgreement must be true or false"
      })
  void columnsAreChecked(String column, String value, String message) {
    assertEquals(
        List.of("line 2: " + message),
        faultsOf(
            "number,type,calling," + column + "\n+14255550100,geographic,inbound," + value + "\n"));
  }

  @Test
  void whatIsNoListIsRefused() {
    assertEquals(List.of("The list has no phone numbers."), faultsOf(""));
    assertEquals(1, faultsOf(HEADER).size());
    assertEquals(List.of("The list has no phone numbers."), faultsOfJson("[]"));
    assertTrue(
        faultsOf("phone\n+14255550100\n").getFirst().contains("there is no column \"phone\""));
    assertEquals(
        List.of("line 2: calling or sms must be other than none"),
        faultsOf("number,type\n+14255550100,geographic\n"));
    assertEquals(
        List.of("line 2: calling or sms must be other than none"),
        faultsOf(HEADER + "+14255550100\n"));
    String unreadable = "cannot be read as CSV with the header's columns";
    assertTrue(faultsOf(HEADER + "\"+14255550100").getFirst().contains(unreadable));
    assertTrue(
        faultsOf(HEADER + "+14255550100,geographic,inbound,more\n")
            .getFirst()
            .contains(unreadable));
    for (String json : new String[] {"", "{}", "[1]", "[{\"number\":", "[] x", "nonsense"}) {
      assertEquals(1, faultsOfJson(json).size(), json);
    }
    assertTrue(
        faultsOfJson("[{\"number\":{\"a\":1}}]").getFirst().startsWith("line 1: number must be"));
  }

  @Test
  void aListHasALimit() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 0; i <= InventoryList.LONGEST; i++) {
      csv.append("+1425").append(1_000_000 + i).append(",geographic,inbound\n");
    }
    assertEquals(List.of("A list has at most 20000 phone numbers."), faultsOf(csv.toString()));
  }
}
