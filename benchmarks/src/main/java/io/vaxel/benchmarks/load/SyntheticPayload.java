package io.vaxel.benchmarks.load;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * What synthetic packets carry: enough to tell at the other end which packet it is, when it left,
 * and whether a byte has changed. Video packets begin as VP8 does, so that the server sees their
 * key frames (RFC 7741 section 4.2). One thread.
 *
 * <pre>
 * 0 VP8 payload descriptor, or an Opus TOC   1 VP8 frame header: 0 key frame, 1 delta
 * 2 stream (int)  6 counter (long)  14 sent, nanoseconds (long)  22 filler  last four bytes CRC-32
 * </pre>
 */
public final class SyntheticPayload {
  /** The shortest payload that holds all of it. */
  public static final int MIN_BYTES = 26;

  private static final int STREAM = 2;
  private static final int COUNTER = 6;
  private static final int SENT = 14;
  private static final int FILLER = 22;
  private static final byte OPUS_TOC = 0x78;

  private final CRC32 crc = new CRC32();
  private final byte[] scratch = new byte[2048];

  /** Writes one payload of {@code length} bytes from {@code offset}. */
  void write(
      ByteBuffer bytes,
      int offset,
      int length,
      boolean audio,
      boolean frameStart,
      boolean keyFrame,
      int stream,
      long counter,
      long nowNanos) {
    bytes.put(offset, audio ? OPUS_TOC : (byte) (frameStart ? 0x10 : 0));
    bytes.put(offset + 1, (byte) (keyFrame ? 0 : 1));
    bytes.putInt(offset + STREAM, stream);
    bytes.putLong(offset + COUNTER, counter);
    bytes.putLong(offset + SENT, nowNanos);
    for (int i = FILLER; i < length - 4; i++) {
      bytes.put(offset + i, (byte) (counter * 31 + i));
    }
    bytes.putInt(offset + length - 4, checksum(bytes, offset, length - 4));
  }

  private int checksum(ByteBuffer bytes, int offset, int length) {
    bytes.get(offset, scratch, 0, length);
    crc.reset();
    crc.update(scratch, 0, length);
    return (int) crc.getValue();
  }

  /** Whether every byte of a payload is as it was sent. */
  boolean isIntact(ByteBuffer bytes, int offset, int length) {
    return length >= MIN_BYTES
        && bytes.getInt(offset + length - 4) == checksum(bytes, offset, length - 4);
  }

  static int stream(ByteBuffer bytes, int offset) {
    return bytes.getInt(offset + STREAM);
  }

  static long counter(ByteBuffer bytes, int offset) {
    return bytes.getLong(offset + COUNTER);
  }

  static long sentNanos(ByteBuffer bytes, int offset) {
    return bytes.getLong(offset + SENT);
  }
}
