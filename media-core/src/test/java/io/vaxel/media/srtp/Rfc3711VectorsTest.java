package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** RFC 3711 appendix B. */
class Rfc3711VectorsTest {
  @Test
  void sessionKeysAreThoseOfAppendixB3() {
    SrtpKeys keys =
        new SrtpKeys(
            SrtpProfile.AES128_CM_SHA1_80,
            Packets.hex("E1F97A0D3E018BE0D64FA32C06DE4139"),
            Packets.hex("0EC675AD498AFEEBB6960B3AABE6"));

    SessionKeys session = KeyDerivation.rtp(keys);

    assertArrayEquals(Packets.hex("C61E7A93744F39EE10734AFE3FF7A087"), session.cipherKey());
    assertArrayEquals(Packets.hex("30CBBC08863D8C85D49DB34A9AE1"), session.salt());
    assertArrayEquals(Packets.hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), session.authKey());
  }

  @Test
  void keystreamIsThatOfAppendixB2() {
    SessionKeys session =
        new SessionKeys(
            SrtpProfile.AES128_CM_SHA1_80,
            Packets.hex("2B7E151628AED2A6ABF7158809CF4F3C"),
            new byte[KeyDerivation.AUTH_KEY_LENGTH],
            Packets.hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"));
    byte[] zeros = new byte[12 + 48];
    zeros[0] = (byte) 0x80; // SSRC 0, sequence number 0: the vector's packet index
    PacketBuffer packet = Packets.buffer(zeros);

    try (PacketCipher cipher = PacketCipher.create(session, true, new AtomicInteger())) {
      cipher.protectRtp(packet, 12, 0);
    }

    assertArrayEquals(
        Packets.hex(
            "E03EAD0935C95E80E166B16DD92B4EB4"
                + "D23513162B02D0F72A43A2FE4A5F97AB"
                + "41E95B3BB0A2E8DD477901E4FCA894C0"),
        Arrays.copyOfRange(packet.toByteArray(), 12, 60));
  }
}
