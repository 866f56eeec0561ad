package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.vaxel.signaling.proto.TrackKind;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a call needs of the media server: one of these for each call. Every method, also of the
 * connections it opens, runs on {@link #loop()}; listeners are called there too.
 */
public interface CallMedia {
  /** The loop on which everything of the call happens. */
  EventExecutor loop();

  /** Opens the connection on which one participant sends. */
  Publisher openPublisher(ConnectionListener listener);

  /** Opens the connection on which one participant receives. */
  Subscriber openSubscriber(ConnectionListener listener);

  /** Frees what the call holds. Its connections have been closed before. */
  void close();

  /** Opens the media of calls. */
  @FunctionalInterface
  interface Factory {
    /**
     * Opens the media of one call on the least loaded loop. Any thread.
     *
     * @param activeSpeakers told on the loop who speaks: ids of audio tracks, loudest first
     */
    CallMedia open(Consumer<List<String>> activeSpeakers);
  }

  /** The connection on which one participant sends. */
  interface Publisher {
    /**
     * Answers the first or a later offer. A track whose media section no longer sends is closed.
     * When it throws, nothing has changed.
     *
     * @param kindsByMid what each sending media section carries
     * @return the answer, and the track ids of mids that are keys of {@code kindsByMid}
     */
    PublishAnswer answer(String sdpOffer, Map<String, TrackKind> kindsByMid)
        throws SdpRefusedException;

    /** Stops or resumes forwarding a track that this connection carries. */
    void setMuted(String trackId, boolean muted);

    /**
     * Stops or resumes forwarding everything that this connection carries, now and later; whether a
     * track is muted stays as it is.
     */
    void setPaused(boolean paused);

    /** Closes the connection and its tracks. */
    void close();
  }

  /** The connection on which one participant receives. */
  interface Subscriber {
    /**
     * Adds an open track of the same call; {@link #nextOffer()} will carry it. Media sections are
     * never taken out of a session description, so a connection that has seen many tracks is full
     * one day.
     *
     * @return false when there is no room; nothing has changed then, and a new connection is needed
     */
    boolean subscribe(String trackId);

    /** Takes a track off; it may have been closed by its publisher meanwhile. */
    void unsubscribe(String trackId);

    /**
     * An offer, or null when nothing changed since the last one or the last one is not answered.
     */
    @Nullable SubscribeOffer nextOffer();

    /**
     * Has the next offer carry new ICE credentials (RFC 8445 section 2.4). Media goes on over the
     * old path until the client has nominated a new one.
     */
    void restartIce();

    /** Stops or resumes forwarding anything to this participant; nobody needs a new offer. */
    void setPaused(boolean paused);

    /** Accepts the client's answer. When it throws, the offer is still open. */
    void answer(String sdp) throws SdpRefusedException;

    /** Closes the connection. */
    void close();
  }

  /** Hears of a connection's state. Not called after the connection was closed. */
  interface ConnectionListener {
    /** Media can flow. */
    void connected();

    /**
     * Consent expired or DTLS failed, for good; the owner closes the connection.
     *
     * @param reason for people
     */
    void failed(String reason);
  }

  /** The answer to a publish offer. */
  record PublishAnswer(String sdp, Map<String, String> trackIdsByMid) {}

  /** An offer of the subscribe connection. */
  record SubscribeOffer(String sdp, Map<String, String> trackIdsByMid) {}
}
