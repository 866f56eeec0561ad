package io.vaxel.client;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RetransmissionHistory;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.RtxCodec;
import io.vaxel.media.rtp.SenderStatistics;
import io.vaxel.signaling.proto.TrackKind;
import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** A track that this client publishes, packet by packet. Used on the media loop only. */
public final class OutgoingTrack {
  /** Writes the payload of one packet. */
  @FunctionalInterface
  public interface Payload {
    /** Writes from {@code offset} on, with absolute access; the number of bytes written. */
    int write(ByteBuffer bytes, int offset);
  }

  private static final int HISTORY = 512;
  private static final long HISTORY_NANOS = 2_000_000_000L;
  private static final int LEVEL_ID = 1;
  private static final int TRANSPORT_ID = 3;

  private final TrackKind kind;
  private final Publishing connection;
  private final int ssrc = ThreadLocalRandom.current().nextInt() | 1;
  private final int rtxSsrc = ssrc ^ 0x5555_0000;
  private final int payloadType;
  private final SenderStatistics statistics;
  private final @Nullable RetransmissionHistory history;
  private final RtxCodec rtx;
  private final RtpView view = new RtpView();
  private Runnable keyFrameWanted = () -> {};
  private int sequence = ThreadLocalRandom.current().nextInt(1 << 14);
  private int level = 30;
  private long retransmitted;
  private String trackId = "";

  OutgoingTrack(TrackKind kind, Publishing connection, int payloadType) {
    this.kind = kind;
    this.connection = connection;
    this.payloadType = payloadType;
    this.statistics = new SenderStatistics(ssrc, clockRate());
    this.history = isAudio() ? null : new RetransmissionHistory(HISTORY, HISTORY_NANOS);
    this.rtx = new RtxCodec(rtxSsrc, payloadType + 1, 1);
  }

  public TrackKind kind() {
    return kind;
  }

  boolean isAudio() {
    return kind == TrackKind.TRACK_KIND_AUDIO;
  }

  /** Ticks a second of the track's timestamps. */
  public int clockRate() {
    return isAudio() ? 48_000 : 90_000;
  }

  /** The id that the server gave the track; empty before its answer. */
  public String trackId() {
    return trackId;
  }

  void trackId(String id) {
    trackId = id;
  }

  int ssrc() {
    return ssrc;
  }

  int rtxSsrc() {
    return rtxSsrc;
  }

  /** Has {@code action} run on the loop when a receiver asks for a key frame. */
  public void onKeyFrameWanted(Runnable action) {
    keyFrameWanted = action;
  }

  /** The audio level that packets carry, in -dBov: 0 loudest, 127 silence (RFC 6464). */
  public void level(int dBov) {
    level = dBov;
  }

  /** Sends one packet; nothing happens while the connection is not up. */
  public void send(boolean marker, int timestamp, Payload payload) {
    if (!connection.transport().isConnected()) {
      return;
    }
    PacketBuffer packet = connection.transport().beginSend();
    ByteBuffer bytes = packet.bytes();
    bytes.put(0, (byte) 0x90);
    bytes.put(1, (byte) (payloadType | (marker ? 0x80 : 0)));
    bytes.putShort(2, (short) sequence);
    bytes.putInt(4, timestamp);
    bytes.putInt(8, ssrc);
    int header = writeExtensions(bytes);
    int length = payload.write(bytes, header);
    packet.length(header + length);
    keep(packet);
    sequence = (sequence + 1) & 0xFFFF;
    long now = connection.transport().loop().nanoTime();
    statistics.sent(timestamp, length, now);
    connection.transport().sendRtp(packet);
  }

  /**
   * The one-byte form (RFC 8285 section 4.2): transport sequence number, and the level of audio.
   */
  private int writeExtensions(ByteBuffer bytes) {
    bytes.putShort(12, (short) 0xBEDE);
    bytes.put(16, (byte) (TRANSPORT_ID << 4 | 1));
    bytes.putShort(17, (short) connection.nextTransportSequence());
    if (!isAudio()) {
      bytes.putShort(14, (short) 1);
      bytes.put(19, (byte) 0);
      return 20;
    }
    bytes.putShort(14, (short) 2);
    bytes.put(19, (byte) (LEVEL_ID << 4));
    bytes.put(20, (byte) (0x80 | level));
    bytes.put(21, (byte) 0);
    bytes.putShort(22, (short) 0);
    return 24;
  }

  private void keep(PacketBuffer packet) {
    if (history == null) {
      return;
    }
    PacketBuffer copy = connection.transport().loop().pool().take();
    if (copy == null) {
      return;
    }
    copy.copyFrom(packet);
    PacketBuffer back = history.put(sequence, copy, connection.transport().loop().nanoTime());
    if (back != null) {
      connection.transport().loop().pool().release(back);
    }
  }

  void nacked(RtcpView nack, long nowNanos) {
    for (int i = 0; i < nack.nackCount(); i++) {
      resend(nack.nackPacketId(i), nowNanos);
      for (int bit = 0; bit < 16; bit++) {
        if ((nack.nackMask(i) & (1 << bit)) != 0) {
          resend((nack.nackPacketId(i) + bit + 1) & 0xFFFF, nowNanos);
        }
      }
    }
  }

  private void resend(int missing, long nowNanos) {
    PacketBuffer kept = history == null ? null : history.find(missing, nowNanos);
    if (kept == null || !view.wrap(kept)) {
      return;
    }
    PacketBuffer packet = connection.transport().beginSend();
    if (rtx.wrap(view, missing, packet)) {
      packet.bytes().putShort(17, (short) connection.nextTransportSequence());
      connection.transport().sendRtp(packet);
      retransmitted++;
    }
  }

  void pictureLost() {
    keyFrameWanted.run();
  }

  SenderStatistics statistics() {
    return statistics;
  }

  /** Packets sent, retransmissions left out. */
  public long packets() {
    return statistics.packets();
  }

  /** Payload bytes sent. */
  public long bytes() {
    return statistics.octets();
  }

  /** Packets sent again because the server asked. */
  public long retransmitted() {
    return retransmitted;
  }

  /** Round trip to the server in nanoseconds; -1 before it was measured. */
  public long roundTripNanos() {
    return statistics.roundTripNanos();
  }

  void close() {
    if (history == null) {
      return;
    }
    for (PacketBuffer packet = history.removeAny(); packet != null; packet = history.removeAny()) {
      connection.transport().loop().pool().release(packet);
    }
  }
}
