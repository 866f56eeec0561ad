package io.vaxel.media.sfu;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.rtp.KeyFrameRequests;
import io.vaxel.media.rtp.NtpTime;
import io.vaxel.media.rtp.RetransmissionHistory;
import io.vaxel.media.sdp.Codec;
import io.vaxel.media.transport.MediaLoop;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One audio or video track that a peer publishes, and everybody who receives it. Packets are
 * gathered while a batch is received and forwarded when it ends, subscriber by subscriber, so that
 * the packets of one frame leave in one send. Lives on the call's loop.
 */
public final class PublishedTrack implements MediaLoop.BatchTask {
  /** Packets kept for retransmission: a second of 5 Mbit/s video. */
  private static final int HISTORY_PACKETS = 512;

  private static final long HISTORY_NANOS = 1_500_000_000L;

  /** At most two key frames a second, however many subscribers ask: each costs as much as ten. */
  private static final long KEY_FRAME_INTERVAL_NANOS = 500_000_000L;

  /** Packets gathered before they are forwarded; more only wait for the end of the batch. */
  private static final int MAX_PENDING = 64;

  private final String id;
  private final TrackSource source;
  private final MediaLoop loop;
  private final int clockRate;
  private final @Nullable RetransmissionHistory history;
  private final KeyFrameRequests keyFrames = new KeyFrameRequests(KEY_FRAME_INTERVAL_NANOS);
  private final SenderClock clock;
  private final ForwardedPacket[] pending = new ForwardedPacket[MAX_PENDING];
  private int pendingCount;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private List<Codec> codecs = List.of();
  private @Nullable ReceiveStream stream;
  private int historySsrc;
  private boolean muted;
  private boolean paused;
  private boolean closed;

  PublishedTrack(String id, TrackSource source, MediaLoop loop, int clockRate) {
    this.id = id;
    this.source = source;
    this.loop = loop;
    this.clockRate = clockRate;
    this.clock = new SenderClock(clockRate);
    this.history =
        source.isAudio() ? null : new RetransmissionHistory(HISTORY_PACKETS, HISTORY_NANOS);
  }

  /** Unique among the tracks of the router. */
  public String id() {
    return id;
  }

  public TrackSource source() {
    return source;
  }

  /** The codecs that the publisher may send, under the server's payload types. */
  List<Codec> codecs() {
    return codecs;
  }

  void codecs(List<Codec> negotiated) {
    codecs = List.copyOf(negotiated);
  }

  int clockRate() {
    return clockRate;
  }

  SenderClock senderClock() {
    return clock;
  }

  KeyFrameRequests keyFrames() {
    return keyFrames;
  }

  /** Whether the publisher has taken the track off; nothing is forwarded any more. */
  public boolean isClosed() {
    return closed;
  }

  public boolean isMuted() {
    return muted;
  }

  /** Stops and resumes forwarding; subscribers see no hole. */
  public void setMuted(boolean mute) {
    silence(mute, paused);
  }

  /**
   * Stops and resumes forwarding with everything else of the connection; packets flow while the
   * track is neither muted nor paused.
   */
  void setPaused(boolean pause) {
    silence(muted, pause);
  }

  /** Whether nothing is forwarded for now. */
  boolean isSilent() {
    return muted || paused;
  }

  private void silence(boolean mute, boolean pause) {
    boolean before = isSilent();
    muted = mute;
    paused = pause;
    if (before == isSilent()) {
      return;
    }
    for (Subscription subscription : subscriptions) {
      subscription.paused();
    }
    requestKeyFrame();
  }

  /** The stream that feeds this track now; set by the first packet of each new SSRC. */
  void attach(ReceiveStream newStream) {
    if (newStream.equals(stream)) {
      return;
    }
    stream = newStream;
    clock.reset();
  }

  /**
   * Takes in one packet, whose payload type and header extensions are the server's already.
   *
   * @return the buffer to receive later datagrams in
   */
  PacketBuffer received(PacketBuffer packet, int ssrc, int sequence, boolean keyFrame, long now) {
    if (isSilent() || closed) {
      return packet;
    }
    PacketBuffer reusable = keep(packet, ssrc, sequence, now);
    if (reusable == null) {
      return packet; // a duplicate
    }
    if (keyFrame) {
      keyFrames.keyFrame();
    }
    gather(packet, keyFrame);
    return reusable;
  }

  /** Puts the packet into the history: the buffer to go on with, or null for a duplicate. */
  private @Nullable PacketBuffer keep(PacketBuffer packet, int ssrc, int sequence, long now) {
    if (history == null) {
      return packet;
    }
    if (ssrc != historySsrc) {
      emptyHistory();
      historySsrc = ssrc;
    }
    PacketBuffer fresh = loop.pool().take();
    if (fresh == null) {
      return packet; // no memory left: forwarded, but not kept
    }
    PacketBuffer back = history.put(sequence, packet, now);
    if (packet.equals(back)) {
      loop.pool().release(fresh);
      return null;
    }
    if (back != null) {
      loop.pool().release(back);
    }
    return fresh;
  }

  private void gather(PacketBuffer packet, boolean keyFrame) {
    if (subscriptions.isEmpty()) {
      return;
    }
    ForwardedPacket slot = pending[pendingCount];
    if (slot == null) {
      slot = new ForwardedPacket();
      pending[pendingCount] = slot;
    }
    slot.set(packet, keyFrame);
    pendingCount++;
    if (pendingCount == 1) {
      loop.atBatchEnd(this);
    } else if (pendingCount == MAX_PENDING) {
      forwardPending();
    }
  }

  @Override
  public void batchEnded() {
    forwardPending();
  }

  private void forwardPending() {
    long now = loop.nanoTime();
    for (int s = 0; s < subscriptions.size(); s++) {
      Subscription subscription = subscriptions.get(s);
      for (int i = 0; i < pendingCount; i++) {
        subscription.forward(pending[i], now);
      }
    }
    pendingCount = 0;
  }

  /** The kept packet {@code sequence} of source {@code ssrc}, or null. */
  @Nullable PacketBuffer find(int ssrc, int sequence, long now) {
    return history == null || ssrc != historySsrc ? null : history.find(sequence, now);
  }

  void add(Subscription subscription) {
    subscriptions.add(subscription);
    requestKeyFrame();
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /** Has the publisher asked for a key frame, as soon as the throttle allows. */
  void requestKeyFrame() {
    ReceiveStream feeding = stream;
    if (source.isAudio() || isSilent() || closed) {
      return;
    }
    boolean now = keyFrames.request(loop.nanoTime());
    if (feeding != null) {
      feeding.keyFrameWanted(now);
    }
  }

  /** The publisher's NTP time now, or ours while its clock is unknown. */
  long ntpAt(long nowNanos) {
    return clock.isKnown()
        ? clock.ntpAt(nowNanos)
        : NtpTime.ofUnixNanos(System.currentTimeMillis() * 1_000_000);
  }

  /** How the track is received. */
  public TrackStatistics statistics() {
    ReceiveStream feeding = stream;
    return feeding == null
        ? new TrackStatistics(0, 0, 0, 0, 0, 0, 0)
        : feeding.statistics(keyFrames.sent());
  }

  /** Ends the track: subscriptions receive nothing any more, kept packets are given back. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    pendingCount = 0;
    emptyHistory();
    subscriptions.clear();
  }

  private void emptyHistory() {
    // What is gathered may be in the history.
    if (pendingCount > 0) {
      forwardPending();
    }
    RetransmissionHistory kept = history;
    if (kept == null) {
      return;
    }
    for (PacketBuffer packet = kept.removeAny(); packet != null; packet = kept.removeAny()) {
      loop.pool().release(packet);
    }
  }
}
