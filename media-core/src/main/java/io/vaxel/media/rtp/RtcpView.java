package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the sub-packets of a compound or reduced-size RTCP packet (RFC 3550 section 6, RFC
 * 4585, RFC 5104, RFC 5506).
 *
 * <p>A flyweight that never allocates, but for {@link #cname}. {@link #wrap} checks every
 * sub-packet before the first is read, so a packet that is broken anywhere changes nothing.
 * Accessors belong to the type in their section and mean nothing on another. Used by one thread.
 *
 * <pre>{@code
 * if (view.wrap(packet)) {
 *   while (view.next()) {
 *     if (view.isNack()) { ... }
 *   }
 * }
 * }</pre>
 */
public final class RtcpView {
  public static final int SENDER_REPORT = 200;
  public static final int RECEIVER_REPORT = 201;
  public static final int SOURCE_DESCRIPTION = 202;
  public static final int BYE = 203;
  public static final int TRANSPORT_FEEDBACK = 205;
  public static final int PAYLOAD_FEEDBACK = 206;

  /** Formats of {@link #TRANSPORT_FEEDBACK}. */
  public static final int FORMAT_NACK = 1;

  public static final int FORMAT_TRANSPORT_CC = 15;

  /** Formats of {@link #PAYLOAD_FEEDBACK}. */
  public static final int FORMAT_PLI = 1;

  public static final int FORMAT_FIR = 4;
  public static final int FORMAT_APPLICATION = 15;

  /** "REMB" in ASCII, the identifier of draft-alvestrand-rmcat-remb. */
  static final int REMB = 0x52454d42;

  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private int end;
  private int start;
  private int next;
  private int bodyEnd;

  /**
   * Stands before the first sub-packet of the decrypted packet in the first {@code length} bytes.
   *
   * @return false, with nothing to walk through, if any sub-packet has a wrong version, reaches
   *     past the packet, is padded without being the last, or is shorter than what it announces
   */
  public boolean wrap(ByteBuffer bytes, int length) {
    this.bytes = bytes;
    this.end = length;
    this.next = 0;
    boolean sound = length >= 4 && length <= bytes.capacity();
    while (sound && next < end) {
      sound = advance() && RtcpBounds.hold(bytes, type(), count(), start, bodyEnd);
    }
    this.end = sound ? length : 0;
    this.next = 0;
    return sound;
  }

  /** {@link #wrap(ByteBuffer, int)} for the datagram in {@code packet}. */
  public boolean wrap(PacketBuffer packet) {
    return wrap(packet.bytes(), packet.length());
  }

  /** Moves to the next sub-packet; false if there is none. */
  public boolean next() {
    return next < end && advance();
  }

  private boolean advance() {
    start = next;
    if (end - start < 4) {
      return false;
    }
    int first = bytes.get(start);
    int length = 4 * (Short.toUnsignedInt(bytes.getShort(start + 2)) + 1);
    if ((first & 0xc0) != 0x80 || length > end - start) {
      return false;
    }
    next = start + length;
    bodyEnd = next;
    if ((first & 0x20) != 0) {
      int padding = bytes.get(next - 1) & 0xff;
      if (next != end || padding == 0 || padding % 4 != 0 || padding > length - 4) {
        return false;
      }
      bodyEnd -= padding;
    }
    return true;
  }

  // Every sub-packet.

  /** The packet type, such as {@link #SENDER_REPORT}. */
  public int type() {
    return bytes.get(start + 1) & 0xff;
  }

  /** The five bits of the first byte: a count, or the format of feedback; 0 to 31. */
  public int count() {
    return bytes.get(start) & 0x1f;
  }

  /** Where this sub-packet starts in the buffer. */
  public int offset() {
    return start;
  }

  /** Bytes of this sub-packet, header included and padding left out. */
  public int length() {
    return bodyEnd - start;
  }

  /** The buffer that this view reads. */
  public ByteBuffer bytes() {
    return bytes;
  }

  /** The SSRC of who sent this report or feedback; 0 on a sub-packet that is only a header. */
  public int senderSsrc() {
    return length() < 8 ? 0 : bytes.getInt(start + 4);
  }

  // Sender and receiver reports (RFC 3550 sections 6.4.1 and 6.4.2).

  /** Sender report: wall clock in NTP format, see {@link NtpTime}. */
  public long ntpTimestamp() {
    return bytes.getLong(start + 8);
  }

  /** Sender report: the RTP timestamp of the same moment. */
  public int rtpTimestamp() {
    return bytes.getInt(start + 16);
  }

  /** Sender report: packets sent so far, as 32 bits that wrap. */
  public int packetCount() {
    return bytes.getInt(start + 20);
  }

  /** Sender report: payload bytes sent so far, as 32 bits that wrap. */
  public int octetCount() {
    return bytes.getInt(start + 24);
  }

  /** How many report blocks this report has, 0 to 31. */
  public int reportCount() {
    return count();
  }

  /** The source that report block {@code i} is about. */
  public int reportSsrc(int i) {
    return bytes.getInt(report(i));
  }

  /** The fraction lost since the last report, in 1/256; 0 to 255. */
  public int fractionLost(int i) {
    return bytes.get(report(i) + 4) & 0xff;
  }

  /** Packets lost since the start; negative when there were more duplicates than losses. */
  public int cumulativeLost(int i) {
    return (bytes.getInt(report(i) + 4) << 8) >> 8;
  }

  /** The highest sequence number received, with the count of wraps in the high 16 bits. */
  public int extendedHighestSequence(int i) {
    return bytes.getInt(report(i) + 8);
  }

  /** Interarrival jitter in ticks of the stream's clock, unsigned. */
  public int jitter(int i) {
    return bytes.getInt(report(i) + 12);
  }

  /** The middle 32 bits of the last sender report's NTP time; 0 if none was received. */
  public int lastSenderReport(int i) {
    return bytes.getInt(report(i) + 16);
  }

  /** The delay since that sender report, in 1/65,536 s. */
  public int delaySinceLastSenderReport(int i) {
    return bytes.getInt(report(i) + 20);
  }

  private int report(int i) {
    return start + (type() == SENDER_REPORT ? 28 : 8) + 24 * Objects.checkIndex(i, count());
  }

  // Source description and BYE (RFC 3550 sections 6.5 and 6.6).

  /** The canonical name that this source description gives {@code ssrc}, or null. Allocates. */
  public @Nullable String cname(int ssrc) {
    int chunk = start + 4;
    for (int i = 0; i < count(); i++) {
      int item = RtcpBounds.cnameItem(bytes, chunk);
      if (bytes.getInt(chunk) == ssrc && item >= 0) {
        byte[] name = new byte[bytes.get(item + 1) & 0xff];
        bytes.get(item + 2, name);
        return new String(name, StandardCharsets.UTF_8);
      }
      chunk = RtcpBounds.chunkEnd(bytes, chunk, bodyEnd);
    }
    return null;
  }

  /** The source number {@code i} of the {@link #count()} that a BYE says good-bye to. */
  public int byeSsrc(int i) {
    return bytes.getInt(start + 4 + 4 * Objects.checkIndex(i, count()));
  }

  // Feedback (RFC 4585 section 6, RFC 5104 section 4.3.1).

  /** The source that feedback is about; 0 where the format names it elsewhere (FIR, REMB). */
  public int mediaSsrc() {
    return bytes.getInt(start + 8);
  }

  /** True on a generic NACK. */
  public boolean isNack() {
    return type() == TRANSPORT_FEEDBACK && count() == FORMAT_NACK;
  }

  /** True on transport-wide congestion control feedback; {@link TransportFeedbackView} reads it. */
  public boolean isTransportFeedback() {
    return type() == TRANSPORT_FEEDBACK && count() == FORMAT_TRANSPORT_CC;
  }

  /** True on a picture loss indication. */
  public boolean isPli() {
    return type() == PAYLOAD_FEEDBACK && count() == FORMAT_PLI;
  }

  /** True on a full intra request. */
  public boolean isFir() {
    return type() == PAYLOAD_FEEDBACK && count() == FORMAT_FIR;
  }

  /** True on a receiver's estimate of the maximum bitrate (draft-alvestrand-rmcat-remb-03). */
  public boolean isRemb() {
    return type() == PAYLOAD_FEEDBACK
        && count() == FORMAT_APPLICATION
        && length() >= 20
        && bytes.getInt(start + 12) == REMB;
  }

  /** NACK: how many pairs of packet id and bit mask there are, at least 1. */
  public int nackCount() {
    return (length() - 12) / 4;
  }

  /** NACK: the lost sequence number of pair {@code i}. */
  public int nackPacketId(int i) {
    return Short.toUnsignedInt(bytes.getShort(fci(i, nackCount(), 4)));
  }

  /** NACK: bit n set says that packet id + n + 1 is lost too. */
  public int nackMask(int i) {
    return Short.toUnsignedInt(bytes.getShort(fci(i, nackCount(), 4) + 2));
  }

  /** FIR: how many sources are asked for a key frame, at least 1. */
  public int firCount() {
    return (length() - 12) / 8;
  }

  /** FIR: source {@code i} that is asked for a key frame. */
  public int firSsrc(int i) {
    return bytes.getInt(fci(i, firCount(), 8));
  }

  /** FIR: the command's sequence number, 0 to 255; the same number again is a repetition. */
  public int firSequence(int i) {
    return bytes.get(fci(i, firCount(), 8) + 4) & 0xff;
  }

  /** REMB: bits a second; {@link Long#MAX_VALUE} if the value does not fit. */
  public long rembBitrate() {
    int word = bytes.getInt(start + 16);
    int exponent = (word >> 18) & 0x3f;
    long mantissa = word & 0x3ffff;
    return mantissa == 0
        ? 0
        : exponent >= Long.numberOfLeadingZeros(mantissa) ? Long.MAX_VALUE : mantissa << exponent;
  }

  /** REMB: how many sources share that bitrate. */
  public int rembSsrcCount() {
    return bytes.get(start + 16) & 0xff;
  }

  /** REMB: source {@code i}. */
  public int rembSsrc(int i) {
    return bytes.getInt(start + 20 + 4 * Objects.checkIndex(i, rembSsrcCount()));
  }

  private int fci(int i, int count, int size) {
    return start + 12 + size * Objects.checkIndex(i, count);
  }
}
