package io.vaxel.media.dtls;

import java.nio.ByteBuffer;
import java.util.BitSet;

/**
 * Keeps a server from changing ciphers before it has the client's CertificateVerify. The library
 * takes a ChangeCipherSpec as soon as it has keys; if the CertificateVerify before it was lost or
 * late, its repetitions are then of the old epoch and dropped, until the handshake times out
 * (bcgit/bc-java#229, seen with 1.84). Used on the association's thread only, on datagrams that
 * {@link DtlsFragmentFilter} admitted.
 */
final class CipherChangeGuard {
  private static final int RECORD_HEADER = 13;
  private static final int HANDSHAKE_HEADER = 12;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;
  private static final int CERTIFICATE_VERIFY = 15;

  /** The bytes of the CertificateVerify that have come. */
  private final BitSet come = new BitSet();

  private boolean complete;

  /**
   * Notes what the datagram brings of the CertificateVerify, and blanks a ChangeCipherSpec that is
   * early: any value but one is ignored, and the client repeats its flight.
   */
  void inspect(byte[] datagram) {
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    for (int record = 0; record < datagram.length && !complete; ) {
      int content = record + RECORD_HEADER;
      int end = content + Short.toUnsignedInt(bytes.getShort(record + 11));
      boolean encrypted = bytes.getShort(record + 3) != 0;
      if (bytes.get(record) == HANDSHAKE && !encrypted) {
        note(bytes, content, end);
      } else if (bytes.get(record) == CHANGE_CIPHER_SPEC && !encrypted) {
        for (int i = content; i < end; i++) {
          bytes.put(i, (byte) 0);
        }
      }
      record = end;
    }
  }

  private void note(ByteBuffer bytes, int content, int end) {
    for (int header = content; header < end; ) {
      int length = bytes.getInt(header) & 0xFFFFFF;
      int offset = bytes.getInt(header + 6) >>> 8; // fragment_offset and one byte more
      int count = bytes.getInt(header + 8) & 0xFFFFFF; // one byte more, fragment_length
      if (bytes.get(header) == CERTIFICATE_VERIFY) {
        come.set(offset, offset + count);
        complete |= come.cardinality() == length;
      }
      header += HANDSHAKE_HEADER + count;
    }
  }
}
