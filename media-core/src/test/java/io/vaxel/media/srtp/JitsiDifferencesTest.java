package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaxel.media.packet.PacketBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** Where jitsi-srtp and the libcrypto engine part: what the class comment of the engine says. */
class JitsiDifferencesTest {
  private static final int SSRC = 5;

  private final SrtpEngine libcrypto = SrtpEngines.named("libcrypto");
  private final SrtpEngine jitsi = SrtpEngines.named("jitsi");

  @Test
  void theReplayWindowIs64PacketsAgainst1024() {
    SrtpKeys keys = Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
    assertEquals(SrtpResult.OK, latePacket(jitsi, keys, 63));
    assertEquals(SrtpResult.REPLAYED, latePacket(jitsi, keys, 64));
    assertEquals(SrtpResult.OK, latePacket(libcrypto, keys, 1023));
    assertEquals(SrtpResult.REPLAYED, latePacket(libcrypto, keys, 1024));
  }

  /** The result for a packet that comes when {@code late} of higher numbers should have come. */
  private static SrtpResult latePacket(SrtpEngine engine, SrtpKeys keys, int late) {
    try (SrtpSender sender = engine.sender(keys);
        SrtpReceiver receiver = engine.receiver(keys)) {
      byte[] first = Packets.protect(sender, Packets.rtp(SSRC, 10, 10));
      byte[] second = Packets.protect(sender, Packets.rtp(SSRC, 10 + late, 10));
      assertEquals(SrtpResult.OK, Packets.unprotect(receiver, second));
      return Packets.unprotect(receiver, first);
    }
  }

  /** RFC 7714 section 9.3: the tag covers the packet and the SRTCP word; jitsi adds other bytes. */
  @Test
  void rtcpThatGcmOnlyTaggedIsRefused() {
    SrtpKeys keys = Packets.keys(SrtpProfile.AEAD_AES_128_GCM, 1);
    byte[] plain = Packets.hex("80c9000111223344");
    byte[] srtcp = tagOnly(keys, plain);
    try (SrtpReceiver one = libcrypto.receiver(keys);
        SrtpReceiver other = jitsi.receiver(keys)) {
      PacketBuffer packet = Packets.buffer(srtcp);
      assertEquals(SrtpResult.OK, one.unprotectRtcp(packet));
      assertArrayEquals(plain, packet.toByteArray());
      assertEquals(SrtpResult.NOT_AUTHENTIC, Packets.unprotectRtcp(other, srtcp));
    }
  }

  /** The JDK's GCM over packet and word, nothing encrypted. */
  private static byte[] tagOnly(SrtpKeys keys, byte[] plain) {
    SessionKeys session = KeyDerivation.rtcp(keys);
    byte[] iv = session.salt().clone();
    for (int i = 0; i < 4; i++) {
      iv[2 + i] ^= plain[4 + i];
    }
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(session.cipherKey(), "AES"),
          new GCMParameterSpec(128, iv));
      cipher.updateAAD(plain);
      cipher.updateAAD(new byte[4]); // E flag clear, index zero
      byte[] tag = cipher.doFinal();
      byte[] packet = Arrays.copyOf(plain, plain.length + tag.length + 4);
      System.arraycopy(tag, 0, packet, plain.length, tag.length);
      return packet;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** RFC 9335 section 5 gives 0xC0DE its meaning only where Cryptex was agreed. */
  @Test
  void anExtensionThatLooksLikeCryptexIsNotReadBack() {
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys = Packets.keys(profile, 1);
      byte[] plain = Packets.rtp(SSRC, 1, 60);
      plain[0] |= 0x10;
      plain[12] = (byte) 0xC0;
      plain[13] = (byte) 0xDE;
      plain[14] = 0;
      plain[15] = 1;
      try (SrtpSender sender = jitsi.sender(keys);
          SrtpReceiver one = libcrypto.receiver(keys);
          SrtpReceiver other = jitsi.receiver(keys)) {
        byte[] srtp = Packets.protect(sender, plain);
        PacketBuffer first = Packets.buffer(srtp);
        assertEquals(SrtpResult.OK, one.unprotect(first));
        assertArrayEquals(plain, first.toByteArray());

        PacketBuffer second = Packets.buffer(srtp);
        SrtpResult result = other.unprotect(second);
        assertFalse(
            result == SrtpResult.OK && Arrays.equals(plain, second.toByteArray()),
            profile + " is read as it was sent");
      }
    }
  }
}
