package io.vaxel.common.credential;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallersTest {
  private static final UUID RESOURCE = UUID.fromString("00000000-0000-4000-8000-000000000001");

  private Instant now = Instant.parse("2026-11-23T12:00:00Z");
  private final Callers callers = new Callers(6, () -> now);

  private static InetAddress address(String text) throws Exception {
    return InetAddress.getByName(text);
  }

  @Test
  void failuresAreCountedByAddressAndForgottenWithTime() throws Exception {
    InetAddress caller = address("192.0.2.1");
    for (int i = 0; i < 6; i++) {
      assertTrue(callers.mayFail(caller));
      callers.failed(caller);
    }
    assertFalse(callers.mayFail(caller));
    assertTrue(callers.mayFail(address("192.0.2.2")));
    now = now.plusSeconds(10);
    assertTrue(callers.mayFail(caller));
    callers.failed(caller);
    assertFalse(callers.mayFail(caller));
    // A clock that is set back takes nothing away.
    now = now.minusSeconds(3600);
    assertFalse(callers.mayFail(caller));
    now = now.plusSeconds(3600 + 600);
    for (int i = 0; i < 6; i++) {
      callers.failed(caller);
    }
    assertFalse(callers.mayFail(caller));
  }

  @Test
  void anIpv6CallerIsItsNetwork() throws Exception {
    for (int i = 0; i < 6; i++) {
      callers.failed(address("2001:db8:0:1::" + i));
    }
    assertFalse(callers.mayFail(address("2001:db8:0:1:ffff::1")));
    assertTrue(callers.mayFail(address("2001:db8:0:2::1")));
  }

  @Test
  void whoseKeyWasRightLastIsRemembered() throws Exception {
    InetAddress caller = address("192.0.2.1");
    assertEquals(Optional.empty(), callers.lastMatch(caller));
    callers.matched(caller, RESOURCE);
    assertEquals(Optional.of(RESOURCE), callers.lastMatch(caller));
    callers.failed(caller);
    assertEquals(Optional.of(RESOURCE), callers.lastMatch(caller));
  }

  @Test
  void noMoreCallersAreRememberedThanFit() throws Exception {
    InetAddress first = address("192.0.2.1");
    callers.matched(first, RESOURCE);
    for (int i = 0; i < 10_000; i++) {
      callers.matched(
          address("10." + (i >> 16) + "." + ((i >> 8) & 255) + "." + (i & 255)), RESOURCE);
    }
    assertEquals(Optional.empty(), callers.lastMatch(first));
  }
}
