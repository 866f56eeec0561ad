package io.vaxel.media.sfu;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RtcpView;
import io.vaxel.media.rtp.RtcpWriter;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.rtp.RtxCodec;
import io.vaxel.media.rtp.SenderStatistics;
import io.vaxel.media.rtp.StreamRewriter;
import io.vaxel.media.transport.PeerTransport;
import java.nio.ByteBuffer;

/**
 * One track on its way to one subscriber: which packets, under which numbers, and what the
 * subscriber says about them. Lives on the call's loop; forwarding allocates nothing.
 */
final class Subscription {
  /** Packets whose numbers can be mapped back for a NACK: over a second of fast video. */
  private static final int REWRITER_WINDOW = 2048;

  private static final int FIRST_SEQUENCE_BOUND = 1 << 14;

  private final PublishedTrack track;
  private final PeerTransport transport;
  private final SendStream stream;
  private final LayerSelector layers;
  private final StreamRewriter rewriter;
  private final RtxCodec rtx;
  private final RepeatGuard repeats = new RepeatGuard();
  private final SenderStatistics statistics;
  private final RtpView original = new RtpView();
  private int source;
  private boolean sourceKnown;
  private boolean gap;
  private boolean held;
  private long retransmitted;

  /**
   * @param stream SSRCs and payload types of the media section that carries the track
   */
  Subscription(PublishedTrack track, PeerTransport transport, SendStream stream) {
    this.track = track;
    this.transport = transport;
    this.stream = stream;
    this.layers = new LayerSelector(!track.source().isAudio());
    this.rewriter =
        new StreamRewriter(
            track.clockRate(), (stream.ssrc() >>> 8) % FIRST_SEQUENCE_BOUND, REWRITER_WINDOW);
    this.rtx = new RtxCodec(stream.rtxSsrc(), 0, (stream.ssrc() >>> 4) % FIRST_SEQUENCE_BOUND);
    this.statistics = new SenderStatistics(stream.ssrc(), track.clockRate());
  }

  PublishedTrack track() {
    return track;
  }

  SendStream stream() {
    return stream;
  }

  /** Sends one packet of the track to the subscriber. */
  void forward(ForwardedPacket packet, long nowNanos) {
    if (held || !transport.isConnected() || !stream.accepts(packet.payloadType())) {
      gap = true;
      return;
    }
    followSource(packet.ssrc());
    if (!layers.admits(packet)) {
      rewriter.drop(packet.ssrc(), packet.sequence());
      return;
    }
    if (!rewriter.map(packet.ssrc(), packet.sequence(), packet.timestamp(), nowNanos)) {
      return;
    }
    PacketBuffer slot = transport.beginSend();
    slot.copyFrom(packet.buffer());
    ByteBuffer bytes = slot.bytes();
    bytes.putShort(2, (short) rewriter.sequenceNumber());
    bytes.putInt(4, rewriter.timestamp());
    bytes.putInt(8, stream.ssrc());
    transport.sendRtp(slot);
    statistics.sent(rewriter.timestamp(), packet.payloadLength(), nowNanos);
  }

  /** Goes over to another source of the track, or back to the same after packets were left out. */
  private void followSource(int ssrc) {
    if (!sourceKnown || ssrc != source || gap) {
      rewriter.switchTo(ssrc);
      layers.restart();
      source = ssrc;
      sourceKnown = true;
      gap = false;
    }
  }

  /** The track paused, or its connection did: what comes next continues without a hole. */
  void paused() {
    gap = true;
    layers.restart();
  }

  /** Sends nothing while {@code hold}; afterwards it continues without a hole, by a key frame. */
  void setHeld(boolean hold) {
    if (held == hold) {
      return;
    }
    held = hold;
    paused();
    if (!hold) {
      track.requestKeyFrame();
    }
  }

  boolean isHeld() {
    return held;
  }

  /**
   * Sends again what the subscriber misses, as RTX (RFC 4588). Who did not agree to RTX is helped
   * by key frames only: repeating a packet under its own number would have to repeat every byte, or
   * GCM's nonce would serve twice.
   */
  void nacked(RtcpView nack, long nowNanos) {
    for (int i = 0; i < nack.nackCount(); i++) {
      int first = nack.nackPacketId(i);
      resend(first, nowNanos);
      int mask = nack.nackMask(i);
      for (int bit = 0; bit < 16; bit++) {
        if ((mask & 1 << bit) != 0) {
          resend(first + bit + 1 & 0xFFFF, nowNanos);
        }
      }
    }
  }

  private void resend(int outgoing, long nowNanos) {
    int incoming = rewriter.incomingSequence(outgoing);
    if (incoming == StreamRewriter.UNKNOWN || rewriter.incomingSsrc(outgoing) != source) {
      return;
    }
    PacketBuffer kept = track.find(source, incoming, nowNanos);
    if (held
        || kept == null
        || !repeats.admits(outgoing, nowNanos)
        || !transport.isConnected()
        || !original.wrap(kept)) {
      return;
    }
    int repairType = stream.rtxPayloadType(original.payloadType());
    PacketBuffer slot = transport.beginSend();
    if (repairType < 0 || !rtx.wrap(original, outgoing, slot)) {
      return;
    }
    ByteBuffer bytes = slot.bytes();
    bytes.put(1, (byte) ((bytes.get(1) & 0x80) | repairType));
    slot.bytes().putInt(4, original.timestamp() + rewriter.timestampOffset());
    transport.sendRtp(slot);
    retransmitted++;
  }

  /** Takes in report block {@code i} of the sub-packet that {@code view} stands on. */
  void reported(RtcpView view, int i, long nowNanos) {
    statistics.reported(view, i, track.ntpAt(nowNanos));
  }

  /** Appends a sender report; false when there is nothing to report or no room. */
  boolean report(RtcpWriter writer, long nowNanos) {
    SenderClock clock = track.senderClock();
    if (!clock.isKnown() || statistics.packets() == 0) {
      return statistics.report(writer, track.ntpAt(nowNanos), nowNanos);
    }
    return writer.senderReport(
        stream.ssrc(),
        clock.ntpAt(nowNanos),
        clock.rtpTimestampAt(nowNanos) + rewriter.timestampOffset(),
        statistics.packets(),
        statistics.octets());
  }

  SubscriptionStatistics statistics() {
    long roundTrip = statistics.roundTripNanos();
    return new SubscriptionStatistics(
        statistics.packets(),
        statistics.octets(),
        retransmitted,
        statistics.cumulativeLost(),
        roundTrip < 0 ? -1 : roundTrip / 1e6);
  }
}
