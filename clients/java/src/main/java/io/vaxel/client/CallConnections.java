package io.vaxel.client;

import io.vaxel.media.sdp.SdpException;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.PublishedTrack;
import io.vaxel.signaling.proto.RestartSubscribe;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.SubscribeAnswer;
import io.vaxel.signaling.proto.SubscribeOffer;
import io.vaxel.signaling.proto.TrackKind;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two media connections of one call, and what signalling does for them. On the media loop. */
final class CallConnections {
  private static final Logger log = LoggerFactory.getLogger(CallConnections.class);

  private final ClientMedia media;
  private final SignalingSession session;
  private final Receiving.Listener packets;
  private @Nullable Publishing publishing;
  private @Nullable Receiving receiving;
  private int receivingNumber;
  private boolean closed;

  CallConnections(ClientMedia media, SignalingSession session, Receiving.Listener packets) {
    this.media = media;
    this.session = session;
    this.packets = packets;
  }

  CompletableFuture<List<OutgoingTrack>> publish(List<TrackKind> kinds) {
    if (closed) {
      return CompletableFuture.failedFuture(new IllegalStateException("the call is over"));
    }
    Publishing connection = publishing;
    try {
      if (connection == null) {
        connection = new Publishing(media, "vaxel-client");
        publishing = connection;
      }
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
    Publishing sending = connection;
    sending.send(kinds);
    return offer(sending, sending.offer())
        .thenCompose(answered -> sending.connected())
        .thenApply(connected -> sending.tracks());
  }

  private CompletableFuture<Void> offer(Publishing connection, String sdp) {
    Publish.Builder publish = Publish.newBuilder().setSdp(sdp);
    connection
        .tracksByMid()
        .forEach(
            (mid, track) ->
                publish.addTracks(PublishedTrack.newBuilder().setMid(mid).setKind(track.kind())));
    return session
        .request(message -> message.setPublish(publish))
        .thenAccept(answer -> answered(connection, answer));
  }

  private static void answered(Publishing connection, ServerMessage answer) {
    connection
        .tracksByMid()
        .forEach(
            (mid, track) -> track.trackId(answer.getPublishAnswer().getTrackIdsOrDefault(mid, "")));
    try {
      connection.answered(answer.getPublishAnswer().getSdp());
    } catch (SdpException e) {
      throw new CompletionException(e);
    }
  }

  /**
   * Moves both connections to new ports, as after a change of networks; media goes on meanwhile.
   */
  CompletableFuture<Void> restartIce() {
    CompletableFuture<?> receives =
        receiving == null
            ? CompletableFuture.completedFuture(null)
            : session.request(
                message -> message.setRestartSubscribe(RestartSubscribe.getDefaultInstance()));
    Publishing connection = publishing;
    if (connection == null) {
      return CompletableFuture.allOf(receives);
    }
    try {
      return CompletableFuture.allOf(receives, offer(connection, connection.restartOffer()));
    } catch (IOException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** Answers an offer of the server's. */
  void offered(SubscribeOffer offer) {
    if (closed) {
      return;
    }
    try {
      if (receiving != null && offer.getConnectionNumber() != receivingNumber) {
        receiving.close();
        receiving = null;
      }
      Receiving connection = receiving;
      if (connection == null) {
        connection = new Receiving(media, packets);
        receiving = connection;
        receivingNumber = offer.getConnectionNumber();
      }
      SubscribeAnswer answer =
          SubscribeAnswer.newBuilder()
              .setOfferId(offer.getOfferId())
              .setSdp(connection.answer(offer.getSdp(), offer.getTrackIdsMap()))
              .build();
      var _ =
          session
              .request(message -> message.setSubscribeAnswer(answer))
              .whenComplete(
                  (message, error) -> {
                    if (error != null && !closed) {
                      log.warn("the server refused an answer", error);
                    }
                  });
    } catch (SdpException | IOException e) {
      log.warn("cannot answer the server's offer", e);
    }
  }

  /** The server has closed its end of a connection. */
  void failed(MediaState.Connection connection) {
    if (connection == MediaState.Connection.PUBLISH && publishing != null) {
      publishing.close();
      publishing = null;
    } else if (connection == MediaState.Connection.SUBSCRIBE && receiving != null) {
      receiving.close();
      receiving = null;
    }
  }

  /** The tracks that are received now. */
  List<IncomingTrack> incoming() {
    return receiving == null ? List.of() : receiving.tracks();
  }

  /** Idempotent. */
  void close() {
    closed = true;
    failed(MediaState.Connection.PUBLISH);
    failed(MediaState.Connection.SUBSCRIBE);
  }
}
