package io.vaxel.media.sfu;

import io.netty.util.collection.IntObjectMap;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.RtcpWriter;
import io.vaxel.media.rtp.TransportFeedback;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.PeerTransport;
import io.vaxel.media.transport.TimerWheel;

/**
 * All RTCP that goes back to one publisher: transport-wide feedback for its bandwidth estimation,
 * receiver reports, NACK and picture loss indications. Driven by one timer. Lives on the call's
 * loop.
 */
final class PublisherFeedback extends TimerWheel.Timer {
  /** Transport-wide feedback this often while packets arrive: libwebrtc's own receivers do so. */
  private static final long TRANSPORT_INTERVAL_NANOS = 50_000_000L;

  /** Receiver reports this often (RFC 3550 section 6.2 asks for less than this at our rates). */
  private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;

  /** RTCP packets stay below this, like media packets. */
  private static final int MAX_RTCP_BYTES = 1_150;

  private static final int MAX_NACKS = 256;

  private final MediaLoop loop;
  private final PeerTransport transport;
  private final IntObjectMap<ReceiveStream> streams;
  private final int ownSsrc;
  private final byte[] cname;
  private final TransportFeedback arrivals;
  private final RtcpWriter writer = new RtcpWriter(PacketBuffer.allocate(), MAX_RTCP_BYTES);
  private final int[] nackScratch = new int[MAX_NACKS];
  private int anySsrc;
  private long nextTransportNanos;
  private long nextReportNanos;
  private long wakeNanos;

  /**
   * @param streams what the peer sends, by SSRC; read whenever there is something to say
   * @param ownSsrc the SSRC that we speak under
   */
  PublisherFeedback(
      PeerTransport transport, IntObjectMap<ReceiveStream> streams, int ownSsrc, byte[] cname) {
    this.loop = transport.loop();
    this.transport = transport;
    this.streams = streams;
    this.ownSsrc = ownSsrc;
    this.cname = cname;
    this.arrivals = new TransportFeedback(ownSsrc, 2048);
  }

  /** Takes note of a packet with a transport-wide sequence number. */
  void arrived(int transportSequence, int ssrc, long nowNanos) {
    if (!arrivals.pending()) {
      anySsrc = ssrc;
      wakeBy(Math.max(nextTransportNanos, nowNanos));
    }
    arrivals.received(transportSequence, nowNanos);
  }

  /** Starts reporting. */
  void connected() {
    nextReportNanos = loop.nanoTime() + REPORT_INTERVAL_NANOS;
    wakeBy(nextReportNanos);
  }

  /** Makes sure that the timer runs at {@code deadlineNanos} or before. */
  void wakeBy(long deadlineNanos) {
    if (deadlineNanos == Long.MAX_VALUE || (isScheduled() && wakeNanos <= deadlineNanos)) {
      return;
    }
    wakeNanos = deadlineNanos;
    loop.schedule(this, deadlineNanos);
  }

  @Override
  protected void expired(long nowNanos) {
    if (!transport.isConnected()) {
      return;
    }
    sendTransportFeedback(nowNanos);
    long next = sendRepairs(nowNanos);
    if (nowNanos >= nextReportNanos) {
      sendReports(nowNanos);
      nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
    }
    wakeBy(Math.min(next, nextReportNanos));
    if (arrivals.pending()) {
      wakeBy(nextTransportNanos);
    }
  }

  private void sendTransportFeedback(long nowNanos) {
    if (nowNanos < nextTransportNanos || !arrivals.pending()) {
      return;
    }
    while (arrivals.pending()) {
      PacketBuffer packet = begin();
      if (!arrivals.poll(writer, anySsrc)) {
        break;
      }
      send(packet);
    }
    nextTransportNanos = nowNanos + TRANSPORT_INTERVAL_NANOS;
  }

  private long sendRepairs(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (IntObjectMap.PrimitiveEntry<ReceiveStream> entry : streams.entries()) {
      ReceiveStream stream = entry.value();
      stream.requestRepairs(nowNanos, nackScratch);
      next = Math.min(next, stream.nextRepairNanos());
    }
    return next;
  }

  private void sendReports(long nowNanos) {
    PacketBuffer packet = begin();
    writer.receiverReport(ownSsrc);
    for (IntObjectMap.PrimitiveEntry<ReceiveStream> entry : streams.entries()) {
      entry.value().report(writer, nowNanos);
    }
    writer.sourceDescription(ownSsrc, cname);
    send(packet);
  }

  /** Asks {@code stream} for the first {@code count} of {@code sequences} again. */
  void nack(ReceiveStream stream, int[] sequences, int count) {
    PacketBuffer packet = begin();
    if (writer.nack(ownSsrc, stream.ssrc(), sequences, count)) {
      send(packet);
    }
  }

  /** Asks {@code stream} for a key frame. */
  void pictureLoss(ReceiveStream stream) {
    if (!transport.isConnected()) {
      return;
    }
    PacketBuffer packet = begin();
    writer.pictureLoss(ownSsrc, stream.ssrc());
    send(packet);
  }

  private PacketBuffer begin() {
    PacketBuffer packet = transport.beginSend();
    writer.begin(packet);
    return packet;
  }

  private void send(PacketBuffer packet) {
    transport.sendRtcp(packet);
  }
}
