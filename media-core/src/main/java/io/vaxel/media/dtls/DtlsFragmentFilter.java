package io.vaxel.media.dtls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decides which datagrams may reach the DTLS library, so that nobody makes it allocate or search
 * more than a handshake needs: the library reserves what a fragment's header declares, before
 * anybody is authenticated (CVE-2026-59646), and searches a list for every fragment.
 *
 * <p>Every record header is walked, and every handshake header of unencrypted records. Fragments of
 * a dropped datagram count towards the limit as well. One instance for one association; one thread
 * at a time; allocates nothing per datagram.
 */
final class DtlsFragmentFilter {
  /** The longest datagram, in bytes; more than any path carries unfragmented. */
  static final int MAX_DATAGRAM = 2048;

  /** The longest handshake message that a header may declare, in bytes. */
  static final int MAX_MESSAGE = 16_384;

  /** The highest message_seq; a full handshake with a cookie ends at 7. */
  static final int MAX_SEQUENCE = 15;

  /** Fragments of one message, retransmissions included. */
  static final int MAX_FRAGMENTS = 32;

  private static final int RECORD_HEADER = 13;
  private static final int HANDSHAKE_HEADER = 12;
  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;
  private static final int APPLICATION_DATA = 23;
  private static final int DTLS_MAJOR_VERSION = 0xFE;

  private final byte[] fragments = new byte[MAX_SEQUENCE + 1];
  private boolean established;

  /**
   * Tells that the handshake is complete. Counting starts anew, for the peer may repeat its last
   * flight; unencrypted alerts, which anybody could have written, are dropped from here on.
   */
  void established() {
    if (!established) {
      established = true;
      Arrays.fill(fragments, (byte) 0);
    }
  }

  /** Whether the datagram of {@code length} bytes at {@code offset} may pass. */
  boolean admits(ByteBuffer bytes, int offset, int length) {
    if (length < RECORD_HEADER || length > MAX_DATAGRAM) {
      return false;
    }
    int end = offset + length;
    for (int record = offset; record < end; ) {
      if (end - record < RECORD_HEADER || unsigned8(bytes, record + 1) != DTLS_MAJOR_VERSION) {
        return false;
      }
      int content = record + RECORD_HEADER;
      int contentLength = unsigned16(bytes, record + 11);
      if (contentLength == 0 || contentLength > end - content) {
        return false;
      }
      boolean encrypted = unsigned16(bytes, record + 3) != 0;
      if (!admitsRecord(unsigned8(bytes, record), encrypted, bytes, content, contentLength)) {
        return false;
      }
      record = content + contentLength;
    }
    return true;
  }

  private boolean admitsRecord(
      int type, boolean encrypted, ByteBuffer bytes, int content, int contentLength) {
    return switch (type) {
      case CHANGE_CIPHER_SPEC -> true;
      case ALERT -> encrypted || !established;
      case HANDSHAKE -> encrypted || admitsHandshake(bytes, content, contentLength);
      case APPLICATION_DATA -> encrypted;
      default -> false;
    };
  }

  /**
   * Whether the handshake messages and fragments in {@code length} bytes at {@code offset}, the
   * plain content of one record, may pass.
   */
  boolean admitsHandshake(ByteBuffer bytes, int offset, int length) {
    int end = offset + length;
    for (int header = offset; header < end; ) {
      if (end - header < HANDSHAKE_HEADER) {
        return false;
      }
      int messageLength = unsigned24(bytes, header + 1);
      int sequence = unsigned16(bytes, header + 4);
      int fragmentOffset = unsigned24(bytes, header + 6);
      int fragmentLength = unsigned24(bytes, header + 9);
      if (messageLength > MAX_MESSAGE
          || sequence > MAX_SEQUENCE
          || fragmentOffset + fragmentLength > messageLength
          || fragmentLength > end - header - HANDSHAKE_HEADER
          || fragments[sequence] == MAX_FRAGMENTS) {
        return false;
      }
      fragments[sequence]++;
      header += HANDSHAKE_HEADER + fragmentLength;
    }
    return true;
  }

  private static int unsigned8(ByteBuffer bytes, int index) {
    return bytes.get(index) & 0xFF;
  }

  private static int unsigned16(ByteBuffer bytes, int index) {
    return unsigned8(bytes, index) << 8 | unsigned8(bytes, index + 1);
  }

  private static int unsigned24(ByteBuffer bytes, int index) {
    return unsigned16(bytes, index) << 8 | unsigned8(bytes, index + 2);
  }
}
