package io.vaxel.media.sfu;

import io.netty.channel.EventLoop;
import io.vaxel.media.dtls.DtlsIdentity;
import io.vaxel.media.stun.IceCandidate;
import io.vaxel.media.transport.MediaLoop;
import io.vaxel.media.transport.MediaPort;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The media of one call: who publishes what, and who receives it. A router lives on one loop; every
 * method is called there.
 */
public final class Router {
  /** Its place in the process: the loop, the loop's port, and how clients reach that. */
  record Home(
      MediaLoop loop, MediaPort port, List<IceCandidate> candidates, DtlsIdentity identity) {}

  private final Home home;
  private final SpeakerMonitor speakers;
  private final Set<PublishConnection> publishers = new HashSet<>();
  private final Set<SubscribeConnection> subscribers = new HashSet<>();
  private int lastTrack;
  private boolean closed;

  Router(Home home, RouterListener listener) {
    this.home = home;
    this.speakers = new SpeakerMonitor(home.loop(), listener);
    home.loop().addLoad(1);
  }

  /** The loop that this router lives on. */
  public EventLoop loop() {
    return home.loop().eventLoop();
  }

  /** Opens the server's end of a client's publish connection. */
  public PublishConnection openPublisher(ConnectionListener listener) {
    checkOpen();
    PublishConnection connection = new PublishConnection(this, home, listener);
    publishers.add(connection);
    return connection;
  }

  /** Opens the server's end of a client's subscribe connection. */
  public SubscribeConnection openSubscriber(ConnectionListener listener) {
    checkOpen();
    SubscribeConnection connection = new SubscribeConnection(this, home, listener);
    subscribers.add(connection);
    return connection;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the router is closed");
    }
  }

  SpeakerMonitor speakers() {
    return speakers;
  }

  String nextTrackId() {
    return "t" + ++lastTrack;
  }

  /** A synchronization source id (RFC 3550 section 8.1); random, so hardly ever taken. */
  static int randomSsrc() {
    int ssrc;
    do {
      ssrc = ThreadLocalRandom.current().nextInt();
    } while (ssrc == 0);
    return ssrc;
  }

  /** A track ended: nobody receives it any more. */
  void trackClosed(PublishedTrack track) {
    for (SubscribeConnection subscriber : subscribers) {
      subscriber.unsubscribe(track);
    }
  }

  void closed(PublishConnection connection) {
    publishers.remove(connection);
  }

  void closed(SubscribeConnection connection) {
    subscribers.remove(connection);
  }

  /** Closes every connection. */
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    List.copyOf(publishers).forEach(PublishConnection::close);
    List.copyOf(subscribers).forEach(SubscribeConnection::close);
    speakers.close();
    home.loop().addLoad(-1);
  }
}
