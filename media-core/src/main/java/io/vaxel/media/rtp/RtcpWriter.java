package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;

/**
 * Writes RTCP sub-packets one after another into a packet buffer: a compound packet, or a
 * reduced-size one (RFC 5506) when the first is not a report.
 *
 * <p>Methods that append answer false, with nothing written, when the sub-packet would pass the
 * limit; send what is there, {@link #begin} again and repeat. The buffer's length is always that of
 * what was written. Allocates nothing. Used by one thread.
 */
public final class RtcpWriter {
  private static final int MAX_BLOCKS = 31;

  private final int limit;
  private PacketBuffer packet;
  private ByteBuffer bytes;
  private int length;
  private int report = -1;

  /**
   * Starts with an empty {@code packet}.
   *
   * @param limit the most bytes that are ever written to one buffer, with room left for what SRTCP
   *     appends (30 bytes at most) and for the path's MTU; 1,200 is a good value
   */
  public RtcpWriter(PacketBuffer packet, int limit) {
    if (limit < 64 || limit > PacketBuffer.CAPACITY) {
      throw new IllegalArgumentException("limit must be 64 to " + PacketBuffer.CAPACITY);
    }
    this.limit = limit;
    this.packet = packet;
    this.bytes = packet.bytes();
    begin(packet);
  }

  /** Starts a new RTCP packet in {@code packet}, whose content is lost. */
  public void begin(PacketBuffer packet) {
    this.packet = packet;
    this.bytes = packet.bytes();
    this.length = 0;
    this.report = -1;
    packet.length(0);
  }

  /** Bytes written since {@link #begin}; 0 means that there is nothing to send. */
  public int length() {
    return length;
  }

  /** Bytes that may still be written. */
  public int remaining() {
    return limit - length;
  }

  /**
   * Appends a sender report without report blocks (RFC 3550 section 6.4.1).
   *
   * @param ntpTimestamp wall clock now, see {@link NtpTime}
   * @param rtpTimestamp the same moment on the stream's clock
   * @param packets packets sent so far; the low 32 bits are written
   * @param octets payload bytes sent so far; the low 32 bits are written
   */
  public boolean senderReport(
      int ssrc, long ntpTimestamp, int rtpTimestamp, long packets, long octets) {
    int at = append(RtcpView.SENDER_REPORT, 0, 28);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, ssrc);
    bytes.putLong(at + 8, ntpTimestamp);
    bytes.putInt(at + 16, rtpTimestamp);
    bytes.putInt(at + 20, (int) packets);
    bytes.putInt(at + 24, (int) octets);
    report = at;
    return true;
  }

  /** Appends a receiver report without report blocks (RFC 3550 section 6.4.2). */
  public boolean receiverReport(int ssrc) {
    int at = append(RtcpView.RECEIVER_REPORT, 0, 8);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, ssrc);
    report = at;
    return true;
  }

  /**
   * Adds a report block to the sender or receiver report that was appended last.
   *
   * @return false if there is none right before, if it has 31 blocks already, or at the limit
   */
  public boolean reportBlock(
      int ssrc,
      int fractionLost,
      int cumulativeLost,
      int extendedHighestSequence,
      int jitter,
      int lastSenderReport,
      int delaySinceLastSenderReport) {
    int count = report < 0 ? MAX_BLOCKS : bytes.get(report) & 0x1f;
    if (count == MAX_BLOCKS || remaining() < 24) {
      return false;
    }
    int lost = Math.clamp(cumulativeLost, -0x800000, 0x7fffff);
    bytes.putInt(length, ssrc);
    bytes.putInt(length + 4, (fractionLost << 24) | (lost & 0xffffff));
    bytes.putInt(length + 8, extendedHighestSequence);
    bytes.putInt(length + 12, jitter);
    bytes.putInt(length + 16, lastSenderReport);
    bytes.putInt(length + 20, delaySinceLastSenderReport);
    bytes.put(report, (byte) (0x80 | (count + 1)));
    grow(report, length + 24);
    return true;
  }

  /**
   * Appends a source description with the canonical name of {@code ssrc} (RFC 3550 section 6.5.1).
   *
   * @param cname at most 255 bytes of UTF-8, encoded once by the caller
   */
  public boolean sourceDescription(int ssrc, byte[] cname) {
    if (cname.length > 255) {
      throw new IllegalArgumentException("a CNAME has at most 255 bytes");
    }
    int end = 10 + cname.length;
    int padded = (end / 4 + 1) * 4; // at least one zero byte ends the list of items
    int at = append(RtcpView.SOURCE_DESCRIPTION, 1, padded);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, ssrc);
    bytes.put(at + 8, (byte) 1);
    bytes.put(at + 9, (byte) cname.length);
    bytes.put(at + 10, cname);
    for (int i = at + end; i < at + padded; i++) {
      bytes.put(i, (byte) 0);
    }
    return true;
  }

  /** Appends a BYE for {@code ssrc} (RFC 3550 section 6.6). */
  public boolean bye(int ssrc) {
    int at = append(RtcpView.BYE, 1, 8);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, ssrc);
    return true;
  }

  /**
   * Appends a generic NACK (RFC 4585 section 6.2.1). Numbers that lie within 16 of the one before
   * share a pair, so they should be in order.
   *
   * @param sequences lost sequence numbers, the first {@code count} of the array; at least one
   */
  public boolean nack(int senderSsrc, int mediaSsrc, int[] sequences, int count) {
    int pairs = 0;
    int id = 0;
    for (int i = 0; i < count; i++) {
      if (pairs == 0 || !shares(sequences[i], id)) {
        id = sequences[i];
        pairs++;
      }
    }
    int at =
        pairs == 0 ? -1 : feedback(RtcpView.TRANSPORT_FEEDBACK, RtcpView.FORMAT_NACK, 4 * pairs);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, senderSsrc);
    bytes.putInt(at + 8, mediaSsrc);
    int pair = at + 8;
    for (int i = 0; i < count; i++) {
      if (pair == at + 8 || !shares(sequences[i], id)) {
        id = sequences[i];
        pair += 4;
        bytes.putInt(pair, id << 16);
      } else if (sequences[i] != id) {
        int bit = SequenceNumbers.difference(sequences[i], id) - 1;
        bytes.putShort(pair + 2, (short) (bytes.getShort(pair + 2) | (1 << bit)));
      }
    }
    return true;
  }

  private static boolean shares(int sequence, int id) {
    int ahead = SequenceNumbers.difference(sequence, id);
    return ahead >= 0 && ahead <= 16;
  }

  /** Appends a picture loss indication (RFC 4585 section 6.3.1). */
  public boolean pictureLoss(int senderSsrc, int mediaSsrc) {
    int at = feedback(RtcpView.PAYLOAD_FEEDBACK, RtcpView.FORMAT_PLI, 0);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, senderSsrc);
    bytes.putInt(at + 8, mediaSsrc);
    return true;
  }

  /**
   * Appends a full intra request (RFC 5104 section 4.3.1).
   *
   * @param sequence 0 to 255, one more for every new request, the same for a repetition
   */
  public boolean fullIntraRequest(int senderSsrc, int mediaSsrc, int sequence) {
    int at = feedback(RtcpView.PAYLOAD_FEEDBACK, RtcpView.FORMAT_FIR, 8);
    if (at < 0) {
      return false;
    }
    bytes.putInt(at + 4, senderSsrc);
    bytes.putInt(at + 8, 0);
    bytes.putInt(at + 12, mediaSsrc);
    bytes.putInt(at + 16, sequence << 24);
    return true;
  }

  /** Reserves feedback with {@code fci} bytes after both SSRCs; where it starts, or −1. */
  int feedback(int type, int format, int fci) {
    return append(type, format, 12 + fci);
  }

  /** The buffer behind this writer. */
  ByteBuffer bytes() {
    return bytes;
  }

  private int append(int type, int count, int size) {
    if (size > remaining()) {
      return -1;
    }
    int at = length;
    report = -1;
    bytes.put(at, (byte) (0x80 | count));
    bytes.put(at + 1, (byte) type);
    grow(at, at + size);
    return at;
  }

  private void grow(int start, int end) {
    bytes.putShort(start + 2, (short) ((end - start) / 4 - 1));
    length = end;
    packet.length(end);
  }
}
