package io.vaxel.media.rtp;

import io.vaxel.media.packet.PacketBuffer;
import java.nio.ByteBuffer;

/**
 * Retransmission payload format (RFC 4588 section 4): the original sequence number, then the
 * original payload, under an SSRC, payload type and sequence numbers of their own. An instance is
 * one outgoing RTX stream; unwrapping needs no state. Used by the loop's thread; allocates nothing.
 */
public final class RtxCodec {
  /** What {@link #unwrap} answers for a packet that repeats nothing. */
  public static final int NOTHING = -1;

  private static final int OSN_LENGTH = 2;

  private final int ssrc;
  private final int payloadType;
  private int sequence;

  /**
   * @param ssrc the RTX stream's SSRC
   * @param payloadType the RTX payload type, 0 to 127
   * @param firstSequence the sequence number of the first packet
   */
  public RtxCodec(int ssrc, int payloadType, int firstSequence) {
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.sequence = firstSequence & 0xffff;
  }

  /**
   * Writes to {@code target} the RTX packet that repeats {@code original}. Header, extensions and
   * padding are copied; timestamp and marker are those of the original, so it must carry the
   * receiver's timestamp already, or {@code target} be corrected afterwards.
   *
   * @param originalSequence the number under which the receiver misses the packet
   * @return false, with nothing written and no number used, if it does not fit
   */
  public boolean wrap(RtpView original, int originalSequence, PacketBuffer target) {
    int header = original.headerLength();
    int rest = original.length() - header;
    if (original.length() + OSN_LENGTH > PacketBuffer.CAPACITY) {
      return false;
    }
    ByteBuffer from = original.bytes();
    ByteBuffer to = target.bytes();
    to.put(0, from, 0, header);
    to.putShort(header, (short) originalSequence);
    to.put(header + OSN_LENGTH, from, header, rest);
    to.put(1, (byte) ((from.get(1) & 0x80) | payloadType));
    to.putShort(2, (short) sequence);
    to.putInt(8, ssrc);
    target.length(original.length() + OSN_LENGTH);
    sequence = SequenceNumbers.next(sequence);
    return true;
  }

  /**
   * Turns the RTX packet in {@code packet} back into what it repeats, in place.
   *
   * @param view wrapped around {@code packet}; on success it is wrapped around the original
   * @param mediaSsrc the SSRC of the stream that is repaired
   * @param mediaPayloadType the payload type that the RTX payload type stands for ({@code apt})
   * @return the original sequence number, or {@link #NOTHING}, with the packet as it was, if it
   *     carries no media: senders probe the path with RTX packets that are empty or only padding
   */
  public static int unwrap(PacketBuffer packet, RtpView view, int mediaSsrc, int mediaPayloadType) {
    int header = view.headerLength();
    if (view.payloadLength() <= OSN_LENGTH) {
      return NOTHING;
    }
    ByteBuffer bytes = packet.bytes();
    int originalSequence = Short.toUnsignedInt(bytes.getShort(header));
    int length = packet.length() - OSN_LENGTH;
    bytes.put(header, bytes, header + OSN_LENGTH, length - header);
    packet.length(length);
    view.wrap(packet);
    view.payloadType(mediaPayloadType);
    view.sequenceNumber(originalSequence);
    view.ssrc(mediaSsrc);
    return originalSequence;
  }
}
