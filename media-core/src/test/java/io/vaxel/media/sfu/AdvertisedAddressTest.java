package io.vaxel.media.sfu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdvertisedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.7, 0",
    "192.0.2.7:30000, 192.0.2.7, 30000",
    "2001:db8::7, 2001:db8::7, 0",
    "::1, ::1, 0",
    "[2001:db8::7], 2001:db8::7, 0",
    "[2001:db8::7]:30000, 2001:db8::7, 30000",
  })
  void addressesWithAndWithoutAPort(String text, String address, int port) {
    AdvertisedAddress parsed = AdvertisedAddress.parse(text);
    assertEquals(InetAddress.ofLiteral(address), parsed.address());
    assertEquals(port, parsed.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        ":30000",
        "...",
        "1.2",
        "1.2.3",
        "1.2.3.4.5",
        "999.1.1.1",
        "192.0.2.7:",
        "192.0.2.7:x",
        "192.0.2.7:-1",
        "192.0.2.7:65536",
        "192.0.2.7:30000:1",
        "[2001:db8::7",
        "2001:db8::7]",
        "[2001:db8::7]30000",
        "[2001:db8::7]:x",
        "2001:db8:::7",
        "localhost",
        "localhost:30000",
        "example.org",
        "192.0.2.7/24",
        " 192.0.2.7"
      })
  void everythingElseIsRefused(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AdvertisedAddress.parse(text));
    assertTrue(String.valueOf(refused.getMessage()).contains(text), refused.getMessage());
  }
}
