package io.vaxel.client.example;

import io.vaxel.client.Call;
import io.vaxel.client.CallAgent;
import io.vaxel.client.CallAgentOptions;
import io.vaxel.client.CallClient;
import io.vaxel.client.CallEndReason;
import io.vaxel.client.CallListener;
import io.vaxel.client.CallOptions;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.IncomingCall;
import io.vaxel.client.IncomingTrack;
import io.vaxel.client.OutgoingTrack;
import io.vaxel.client.TrustedHttp;
import io.vaxel.media.rtp.RtpView;
import io.vaxel.signaling.proto.DataReceived;
import io.vaxel.signaling.proto.RealTimeTextReceived;
import io.vaxel.signaling.proto.TrackKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers every call and sends back what it hears; text and data come back too. Says so in
 * real-time text. See docs/calling/java-client.md.
 */
public final class EchoBot implements CallAgent.Listener {
  /** What it says to whom it answers. */
  public static final String GREETING = "I send back what I hear.";

  private static final Logger log = LoggerFactory.getLogger(EchoBot.class);

  private final CountDownLatch signedOut = new CountDownLatch(1);

  /** Runs until the user is signed out: {@code EchoBot ENDPOINT TOKEN [CA.PEM]}. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2 || args.length > 3) {
      System.err.println("Usage: EchoBot ENDPOINT TOKEN [CA.PEM]");
      System.exit(2);
    }
    EchoBot bot = new EchoBot();
    try (ClientMedia media = new ClientMedia();
        HttpClient http =
            args.length == 3 ? TrustedHttp.trusting(Path.of(args[2])) : HttpClient.newHttpClient();
        CallAgent agent =
            new CallClient(media, http, URI.create(args[0]))
                .createCallAgent(args[1], CallAgentOptions.of("Echo"), bot)
                .join()) {
      System.out.println("Call " + agent.userId());
      bot.signedOut.await();
    } catch (CompletionException e) {
      System.err.println("Cannot sign in: " + e.getCause());
      System.exit(1);
    }
  }

  @Override
  public void incomingCall(IncomingCall call) {
    Echo echo = new Echo();
    var _ =
        call.accept(CallOptions.RECEIVE_AUDIO, echo)
            .thenCompose(echo::begin)
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    log.warn("a call was not answered", error);
                  }
                });
  }

  @Override
  public void closed(String reason) {
    log.warn("signed out: {}", reason);
    signedOut.countDown();
  }

  /** One call. Everything happens on the media loop. */
  private static final class Echo implements CallListener {
    private @Nullable Call call;
    private @Nullable OutgoingTrack voice;
    private String heard = "";
    private int texts;

    CompletableFuture<Void> begin(Call answered) {
      call = answered;
      say(GREETING);
      return answered
          .publish(List.of(TrackKind.TRACK_KIND_AUDIO))
          .thenAccept(tracks -> voice = tracks.getFirst());
    }

    @Override
    public void received(IncomingTrack track, RtpView packet) {
      OutgoingTrack sending = voice;
      if (sending == null || !track.isAudio()) {
        return;
      }
      if (heard.isEmpty()) {
        heard = track.trackId();
      }
      if (heard.equals(track.trackId())) { // two voices would need a mixer
        int length = packet.payloadLength();
        sending.send(
            packet.marker(),
            packet.timestamp(),
            (bytes, offset) -> {
              bytes.put(offset, packet.bytes(), packet.payloadOffset(), length);
              return length;
            });
      }
    }

    @Override
    public void realTimeTextReceived(RealTimeTextReceived text) {
      if (text.getFinalized()) {
        say(text.getText());
      }
    }

    private void say(String text) {
      Call talking = call;
      if (talking != null) {
        var _ = talking.features().sendRealTimeText(++texts, text, true);
      }
    }

    @Override
    public void dataReceived(DataReceived data) {
      Call talking = call;
      if (talking != null && !data.getClose()) {
        var _ =
            talking
                .features()
                .sendData(
                    data.getChannelId(),
                    List.of(data.getParticipantId()),
                    data.getPayload().toByteArray());
      }
    }

    @Override
    public void ended(Call over, CallEndReason reason) {
      log.info("call {} ended: {}", over.id(), reason);
    }
  }
}
