package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 7714 sections 16 and 17: session keys as given there, so below key derivation. */
class Rfc7714VectorsTest {
  private static final String RTP =
      "8040f17b8041f8d35501a0b2"
          + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
  private static final int RTP_INDEX = 0xf17b;

  private static final String RTCP =
      "81c8000d4d6172734e5450314e545032525450200000042a0000e9304c756e61"
          + "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";
  private static final int RTCP_INDEX = 0x5d4;

  private static PacketCipher cipher(SrtpProfile profile, boolean encrypt) {
    byte[] key = new byte[profile.keyLength()];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) i;
    }
    byte[] salt = Packets.hex("517569642070726f2071756f");
    return PacketCipher.create(
        new SessionKeys(profile, key, new byte[0], salt), encrypt, new AtomicInteger());
  }

  @ParameterizedTest
  @CsvSource({
    "AEAD_AES_128_GCM, 8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42"
        + "a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce",
    "AEAD_AES_256_GCM, 8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b5"
        + "0b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb7878d7a76c13"
  })
  void rtpIsThatOfSection16(SrtpProfile profile, String srtp) {
    PacketBuffer packet = Packets.buffer(Packets.hex(RTP));
    try (PacketCipher encrypting = cipher(profile, true);
        PacketCipher decrypting = cipher(profile, false)) {
      encrypting.protectRtp(packet, 12, RTP_INDEX);
      assertArrayEquals(Packets.hex(srtp), packet.toByteArray());

      assertTrue(decrypting.unprotectRtp(packet, 12, RTP_INDEX));
      assertArrayEquals(Packets.hex(RTP), packet.toByteArray());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "AEAD_AES_128_GCM, 81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f173"
        + "0d6fda4ce09b4686303ded0bb9275bc84aa45896cf4d2fc5abf87245d9eade800005d4",
    "AEAD_AES_256_GCM, 81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c111"
        + "0555be8415f658c61de0476f1b6fad1d1eb30c4446839f57ff6f6cb26ac3be800005d4"
  })
  void rtcpIsThatOfSection17(SrtpProfile profile, String srtcp) {
    PacketBuffer packet = Packets.buffer(Packets.hex(RTCP));
    try (PacketCipher encrypting = cipher(profile, true);
        PacketCipher decrypting = cipher(profile, false)) {
      encrypting.protectRtcp(packet, RTCP_INDEX);
      assertArrayEquals(Packets.hex(srtcp), packet.toByteArray());

      assertTrue(decrypting.unprotectRtcp(packet, decrypting.srtcpWord(packet)));
      assertArrayEquals(Packets.hex(RTCP), packet.toByteArray());
    }
  }

  @ParameterizedTest
  @CsvSource({"AEAD_AES_128_GCM, 841dd9683dd78ec92ae58790125f62b3000005d4"})
  void rtcpThatIsOnlyTaggedIsThatOfSection17(SrtpProfile profile, String trailer) {
    PacketBuffer packet = Packets.buffer(Packets.hex(RTCP + trailer));
    try (PacketCipher decrypting = cipher(profile, false)) {
      assertTrue(decrypting.unprotectRtcp(packet, decrypting.srtcpWord(packet)));
      assertArrayEquals(Packets.hex(RTCP), Arrays.copyOf(packet.toByteArray(), packet.length()));
    }
  }
}
