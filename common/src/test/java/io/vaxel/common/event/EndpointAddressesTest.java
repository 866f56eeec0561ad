package io.vaxel.common.event;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointAddressesTest {
  @ParameterizedTest
  @CsvSource({
    "169.254.169.254, false, false",
    "fe80::1, false, false",
    "fd00:ec2::254, false, false",
    "::ffff:169.254.169.254, false, false",
    "0.0.0.0, false, false",
    "::, false, false",
    "224.0.0.1, false, false",
    "127.0.0.1, true, false",
    "::1, true, false",
    "10.1.2.3, true, false",
    "172.16.0.1, true, false",
    "192.168.1.1, true, false",
    "100.64.0.1, true, false",
    "fd12::1, true, false",
    "203.0.113.7, true, true",
    "2001:db8::7, true, true",
  })
  void whatOnlyTheServerReachesIsNotDeliveredTo(
      String address, boolean withPrivate, boolean withoutPrivate) throws Exception {
    InetAddress parsed = InetAddress.getByName(address);
    assertEquals(withPrivate, new EndpointAddresses(true).allowed(parsed));
    assertEquals(withoutPrivate, new EndpointAddresses(false).allowed(parsed));
  }
}
