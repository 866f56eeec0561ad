package io.vaxel.media.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import org.junit.jupiter.api.Test;

class HeaderExtensionMapTest {
  private static final String HEADER = "906000010000000000000001";

  private final HeaderExtensionMap map = new HeaderExtensionMap().map(1, 3).map(3, 1).map(4, 200);

  @Test
  void exchangesIdsAndDropsTheRest() {
    HeaderExtensionMap keepsTwo = new HeaderExtensionMap().map(1, 3).map(3, 1).map(2, 2);
    assertEquals(
        "bede0003" + "30aa" + "210102" + "00" + "11bbcc" + "00" + "0000",
        apply(keepsTwo, "bede0003" + "10aa" + "210102" + "00" + "31bbcc" + "00" + "4000"));
  }

  @Test
  void droppedElementsBecomePadding() {
    assertEquals(
        "bede0002" + "30aa" + "000000" + "10bb" + "00",
        apply(map, "bede0002" + "10aa" + "21cccc" + "30bb" + "00"));
  }

  @Test
  void twoByteElementsAreRewrittenToo() {
    assertEquals(
        "10000003" + "0301aa" + "00000000" + "c800" + "000000",
        apply(map, "10000003" + "0101aa" + "0202ffff" + "0400" + "000000"));
  }

  @Test
  void anIdThatTheOneByteFormCannotCarryIsDropped() {
    assertEquals("bede0001" + "0000" + "30aa", apply(map, "bede0001" + "40bb" + "10aa"));
  }

  @Test
  void nothingUnknownIsForwarded() {
    assertEquals("bede0001" + "30aa" + "0000", apply(map, "bede0001" + "10aa" + "f0bb"));
    assertEquals("bede0001" + "30aa" + "0000", apply(map, "bede0001" + "10aa" + "1fbb"));
    assertEquals("abcd0001" + "00000000", apply(map, "abcd0001" + "10aa10aa"));
  }

  @Test
  void refusesIdsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> map.map(0, 1));
    assertThrows(IllegalArgumentException.class, () -> map.map(1, 256));
  }

  private static String apply(HeaderExtensionMap map, String extension) {
    PacketBuffer packet = Packets.ofHex(HEADER + extension + "1111");
    RtpView view = new RtpView();
    assertTrue(view.wrap(packet));
    map.apply(view);
    String hex = Packets.hex(packet);
    assertEquals(HEADER, hex.substring(0, 24));
    assertTrue(hex.endsWith("1111"));
    return hex.substring(24, hex.length() - 4);
  }
}
