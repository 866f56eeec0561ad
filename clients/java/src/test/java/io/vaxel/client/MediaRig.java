package io.vaxel.client;

import io.netty.channel.EventLoop;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.media.sfu.ConnectionListener;
import io.vaxel.media.sfu.PublishAnswer;
import io.vaxel.media.sfu.PublishConnection;
import io.vaxel.media.sfu.PublishedTrack;
import io.vaxel.media.sfu.Router;
import io.vaxel.media.sfu.Sfu;
import io.vaxel.media.sfu.SfuConfig;
import io.vaxel.media.sfu.SubscribeConnection;
import io.vaxel.media.sfu.SubscribeOffer;
import io.vaxel.media.sfu.TrackSource;
import io.vaxel.media.transport.TimerWheel;
import io.vaxel.signaling.proto.TrackKind;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One client that sends sound and video through an SFU to itself, over loopback, without a word of
 * signalling. Sends by itself, a hundred times a second; conditions are looked at as packets come.
 */
final class MediaRig implements AutoCloseable {
  /** Where a payload has the number of its packet: behind two bytes that the server looks at. */
  static final int NUMBER = 2;

  static final Map<String, TrackSource> SOURCES =
      Map.of("0", TrackSource.MICROPHONE, "1", TrackSource.CAMERA);

  private static final int LENGTH = 100;
  private static final long LIMIT_SECONDS = 60;
  private static final long INTERVAL_NANOS = 10_000_000;

  private final Sfu sfu;
  private final Router router;
  private final ClientMedia media;
  private final Map<String, Heard> heard = new HashMap<>();
  private final Pump pump = new Pump();
  private @Nullable BooleanSupplier condition;
  private @Nullable CompletableFuture<Void> holds;
  final Publishing publishing;
  final Receiving receiving;
  final PublishConnection publisher;
  final SubscribeConnection subscriber;

  MediaRig(ClientMedia media, boolean tcp) throws Exception {
    this.media = media;
    InetAddress loopback = InetAddress.getLoopbackAddress();
    this.sfu = new Sfu(new SfuConfig(1, loopback, 0, List.of(), !tcp, tcp, 4096, "auto"));
    this.router = sfu.openRouter(speakers -> {});
    this.publisher = onServer(() -> router.openPublisher(new Quiet()));
    this.subscriber = onServer(() -> router.openSubscriber(new Quiet()));
    this.publishing = onClient(() -> new Publishing(media, "rig"));
    this.receiving = onClient(() -> new Receiving(media, this::received));
    onClient(
        () -> {
          publishing.send(List.of(TrackKind.TRACK_KIND_AUDIO, TrackKind.TRACK_KIND_VIDEO));
          return publishing;
        });
    offer(onClient(publishing::offer));
    onServer(
        () -> {
          for (PublishedTrack track : publisher.tracks()) {
            subscriber.subscribe(track);
          }
          return null;
        });
    answerOffer();
    publishing.connected().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    receiving.connected().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    onClient(
        () -> {
          publishing.tracks().get(1).onKeyFrameWanted(() -> pump.keyFrame = true);
          media.loop().schedule(pump, 0);
          return null;
        });
  }

  private static final class Quiet implements ConnectionListener {
    @Override
    public void connected() {}

    @Override
    public void failed(String reason) {}
  }

  /** Exchanges an offer of the client's for an answer of the server's. */
  void offer(String sdp) throws Exception {
    PublishAnswer answer = onServer(() -> publisher.answer(sdp, SOURCES));
    onClient(
        () -> {
          publishing.answered(answer.sdp());
          return null;
        });
  }

  /** Has the client answer the next offer of the server. */
  void answerOffer() throws Exception {
    SubscribeOffer offer = onServer(subscriber::nextOffer);
    Map<String, String> ids = new HashMap<>();
    offer.tracksByMid().forEach((mid, track) -> ids.put(mid, track.source().name()));
    String answer = onClient(() -> receiving.answer(offer.sdp(), ids));
    onServer(
        () -> {
          subscriber.answer(answer);
          return null;
        });
  }

  private void received(IncomingTrack track, RtpView packet) {
    heard(track.isAudio()).received(packet);
    BooleanSupplier wanted = condition;
    if (wanted != null && holds != null && wanted.getAsBoolean()) {
      holds.complete(null);
    }
  }

  /** What has come of the sound, or of the video. On the client's loop. */
  Heard heard(boolean audio) {
    return heard.computeIfAbsent(audio ? "audio" : "video", kind -> new Heard());
  }

  /** Waits for a condition that is looked at on the client's loop with every packet. */
  void until(BooleanSupplier wanted) throws Exception {
    CompletableFuture<Void> done = new CompletableFuture<>();
    onClient(
        () -> {
          condition = wanted;
          holds = done;
          return null;
        });
    done.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits until {@code more} packets of sound and of video have come. */
  void hears(int more) throws Exception {
    int sound = onClient(() -> heard(true).count()) + more;
    int video = onClient(() -> heard(false).count()) + more;
    until(() -> heard(true).count() >= sound && heard(false).count() >= video);
  }

  /** Waits until {@code more} pictures have been sent. */
  void sends(int more) throws Exception {
    CompletableFuture<Void> sent = new CompletableFuture<>();
    onClient(
        () -> {
          pump.announce(more, sent);
          return null;
        });
    sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Runs {@code task} on the client's loop; what it sends leaves soon. */
  <T> T onClient(Callable<T> task) throws Exception {
    return on(media.loop().eventLoop(), task);
  }

  /** Runs {@code task} on the server's loop. */
  <T> T onServer(Callable<T> task) throws Exception {
    return on(router.loop(), task);
  }

  private static <T> T on(EventLoop loop, Callable<T> task) throws Exception {
    return loop.submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Sends a packet of sound and a picture of two packets at each tick. */
  private final class Pump extends TimerWheel.Timer {
    boolean keyFrame = true;
    private int soundNumber;
    private int videoNumber;
    private int timestamp;
    private int wanted;
    private @Nullable CompletableFuture<Void> sent;

    void announce(int more, CompletableFuture<Void> done) {
      wanted = more;
      sent = done;
    }

    @Override
    protected void expired(long nowNanos) {
      boolean key = keyFrame;
      keyFrame = false;
      send(0, true, 0x78, false, soundNumber++);
      send(1, false, 0x10, key, videoNumber++);
      send(1, true, 0, key, videoNumber++);
      timestamp += 480;
      if (sent != null && --wanted == 0) {
        sent.complete(null);
        sent = null;
      }
      media.loop().schedule(this, nowNanos + INTERVAL_NANOS);
    }

    private void send(int track, boolean marker, int first, boolean key, int number) {
      publishing
          .tracks()
          .get(track)
          .send(
              marker,
              timestamp,
              (bytes, offset) -> {
                bytes.put(offset, (byte) first);
                bytes.put(offset + 1, (byte) (key ? 0 : 1));
                bytes.putInt(offset + NUMBER, number);
                return LENGTH;
              });
    }
  }

  @Override
  public void close() {
    try {
      onClient(
          () -> {
            media.loop().cancel(pump);
            publishing.close();
            receiving.close();
            return media;
          });
      onServer(
          () -> {
            router.close();
            return router;
          });
    } catch (Exception e) {
      throw new AssertionError("a loop does not answer", e);
    }
    sfu.close();
    media.close();
  }
}
