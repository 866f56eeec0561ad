package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsNullNullCipher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DtlsFragmentFilterTest {
  private final DtlsFragmentFilter filter = new DtlsFragmentFilter();

  @Test
  void anOrdinaryHelloPasses() {
    assertTrue(admits(record(22, 0, fragment(1, 150, 0, 0, 150))));
  }

  @Test
  void theOffsetIsHonoured() {
    byte[] hello = record(22, 0, fragment(1, 150, 0, 0, 150));
    ByteBuffer bytes = ByteBuffer.allocateDirect(hello.length + 20);
    bytes.put(10, hello);
    assertTrue(filter.admits(bytes, 10, hello.length));
    assertFalse(filter.admits(bytes, 9, hello.length));
  }

  @Test
  void aMessageMayDeclareAsMuchAsACertificateChainNeeds() {
    assertTrue(admits(record(22, 0, fragment(11, 16_384, 1, 0, 100))));
    assertFalse(admits(record(22, 0, fragment(11, 16_385, 1, 0, 100))));
    assertFalse(admits(record(22, 0, fragment(11, 0xFFFFFF, 1, 0, 1))));
  }

  @Test
  void messageNumbersEndAtFifteen() {
    assertTrue(admits(record(22, 0, fragment(11, 10, 15, 0, 10))));
    assertFalse(admits(record(22, 0, fragment(11, 10, 16, 0, 10))));
    assertFalse(admits(record(22, 0, fragment(11, 10, 0xFFFF, 0, 10))));
  }

  @Test
  void aFragmentLiesWithinItsMessageAndItsRecord() {
    assertTrue(admits(record(22, 0, fragment(11, 100, 1, 50, 50))));
    assertFalse(admits(record(22, 0, fragment(11, 100, 1, 51, 50))));
    byte[] cut = fragment(11, 100, 1, 0, 50);
    assertFalse(admits(record(22, 0, Arrays.copyOf(cut, cut.length - 1))));
    assertFalse(admits(record(22, 0, new byte[11])));
  }

  @Test
  void aMessageHasAtMostThirtyTwoFragments() {
    for (int i = 0; i < 32; i++) {
      assertTrue(admits(record(22, 0, fragment(11, 100, 1, i, 1))));
    }
    assertFalse(admits(record(22, 0, fragment(11, 100, 1, 32, 1))));
    assertTrue(admits(record(22, 0, fragment(11, 100, 2, 32, 1))), "another message");
    filter.established();
    assertTrue(admits(record(22, 0, fragment(11, 100, 1, 32, 1))), "a repeated flight");
  }

  @Test
  void fragmentsAreCountedWithinOneRecordToo() {
    byte[][] many = new byte[33][];
    for (int i = 0; i < many.length; i++) {
      many[i] = fragment(11, 100, 1, i, 1);
    }
    assertFalse(admits(record(22, 0, many)));
  }

  @Test
  void whatIsEncryptedIsNotReadHere() {
    assertTrue(admits(record(22, 1, new byte[40])));
    assertTrue(admits(record(23, 1, new byte[40])));
    assertTrue(admits(record(21, 1, new byte[18])));
  }

  @Test
  void applicationDataInTheClearIsDropped() {
    assertFalse(admits(record(23, 0, new byte[40])));
  }

  @Test
  void alertsInTheClearAreBelievedOnlyDuringTheHandshake() {
    assertTrue(admits(record(21, 0, new byte[2])));
    filter.established();
    assertFalse(admits(record(21, 0, new byte[2])));
    assertTrue(admits(record(21, 1, new byte[18])));
  }

  @Test
  void everyRecordOfADatagramIsRead() {
    byte[] good = record(22, 0, fragment(1, 10, 0, 0, 10));
    byte[] bad = record(22, 0, fragment(1, 0xFFFFFF, 1, 0, 1));
    assertTrue(admits(concat(good, good)));
    assertFalse(admits(concat(good, bad)));
    assertFalse(admits(concat(good, new byte[] {22})), "half a header");
  }

  @Test
  void malformedRecordsAreDropped() {
    byte[] hello = record(22, 0, fragment(1, 10, 0, 0, 10));
    assertFalse(admits(Arrays.copyOf(hello, hello.length - 1)), "longer than the rest");
    assertFalse(admits(record(22, 0)), "empty");
    assertFalse(admits(new byte[0]));
    assertFalse(admits(new byte[DtlsFragmentFilter.MAX_DATAGRAM + 1]));
    hello[1] = 3; // TLS, not DTLS
    assertFalse(admits(hello));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 19, 24, 25, 26, 32, 63, 255})
  void otherContentTypesAreDropped(int type) {
    assertFalse(admits(record(type, 1, new byte[10])));
  }

  /** Keys are agreed before the peer has proved that the certificate is his. */
  @Test
  void encryptedFragmentsAreFilteredAfterDecryption() throws Exception {
    GuardedCrypto.GuardedCipher cipher =
        new GuardedCrypto.GuardedCipher(TlsNullNullCipher.INSTANCE);
    byte[] finished = fragment(20, 12, 5, 0, 12);
    TlsDecodeResult plain = decode(cipher, ContentType.handshake, finished);
    assertEquals(finished.length, plain.len);

    byte[] huge = fragment(20, 0xFFFFFF, 6, 0, 1);
    TlsFatalAlert refused =
        assertThrows(TlsFatalAlert.class, () -> decode(cipher, ContentType.handshake, huge));
    assertEquals(AlertDescription.bad_record_mac, refused.getAlertDescription());
    assertEquals(huge.length, decode(cipher, ContentType.application_data, huge).len);
  }

  private static TlsDecodeResult decode(
      GuardedCrypto.GuardedCipher cipher, short type, byte[] record) throws Exception {
    return cipher.decodeCiphertext(0, type, ProtocolVersion.DTLSv12, record, 0, record.length);
  }

  private boolean admits(byte[] datagram) {
    return filter.admits(ByteBuffer.wrap(datagram), 0, datagram.length);
  }

  static byte[] record(int type, int epoch, byte[]... contents) {
    byte[] content = concat(contents);
    byte[] header = {
      (byte) type,
      (byte) 0xFE,
      (byte) 0xFD,
      (byte) (epoch >> 8),
      (byte) epoch,
      0,
      0,
      0,
      0,
      0,
      0,
      (byte) (content.length >> 8),
      (byte) content.length
    };
    return concat(header, content);
  }

  /** A handshake header and {@code length} bytes of content. */
  static byte[] fragment(int type, int messageLength, int sequence, int offset, int length) {
    ByteBuffer fragment = ByteBuffer.allocate(12 + length);
    fragment.putInt(0, type << 24 | messageLength);
    fragment.putShort(4, (short) sequence);
    fragment.putInt(5, offset); // three bytes, after the sequence's last
    fragment.put(5, (byte) sequence);
    fragment.putInt(8, length);
    fragment.put(8, (byte) offset);
    return fragment.array();
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
