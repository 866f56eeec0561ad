package io.vaxel.client;

import io.vaxel.media.rtp.RtpView;
import io.vaxel.signaling.proto.DataReceived;
import io.vaxel.signaling.proto.DtmfReceived;
import io.vaxel.signaling.proto.MediaState;
import io.vaxel.signaling.proto.Participant;
import io.vaxel.signaling.proto.ReactionReceived;
import io.vaxel.signaling.proto.RealTimeTextReceived;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.TransferOffer;
import io.vaxel.signaling.proto.TransferUpdate;
import java.util.List;

/**
 * What happens in one call. Everything is told on the media loop, where nothing may block; {@link
 * #ended} comes last, once.
 */
public interface CallListener {
  /** One packet of a track, repaired where it was lost; lent for the call. */
  default void received(IncomingTrack track, RtpView packet) {}

  /** The state of the call changed. */
  default void stateChanged(Call call, Call.State state) {}

  /** Somebody came, or something of them changed: all of them as they are now. */
  default void participantUpdated(Participant participant) {}

  /** Somebody is gone. */
  default void participantLeft(Participant participant, CallEndReason reason) {}

  /** Who speaks now: participant ids, loudest first. */
  default void activeSpeakers(List<String> participantIds) {}

  /** Somebody moves this user elsewhere; accept with {@link CallAgent#acceptTransfer}. */
  default void transferRequested(Call call, TransferOffer offer) {}

  /** How a transfer goes that this client asked for. */
  default void transferUpdated(TransferUpdate update) {}

  /** Somebody sent tones. */
  default void dtmfReceived(DtmfReceived tones) {}

  /** Somebody reacted. */
  default void reactionReceived(ReactionReceived reaction) {}

  /** Somebody types; each text replaces the one before of the same sequence id. */
  default void realTimeTextReceived(RealTimeTextReceived text) {}

  /** A message of a data channel. */
  default void dataReceived(DataReceived data) {}

  /**
   * The server lost one of the media connections. Publish again after the loss of publishing; the
   * server offers receiving anew by itself.
   */
  default void mediaFailed(MediaState.Connection connection, String reason) {}

  /**
   * Everything that the server says by itself about this call, before it is told by another method;
   * also what has none of its own, such as SelfChanged, CallState, RoleChanged, TrackEnded and
   * ModalityFailed.
   */
  default void message(ServerMessage message) {}

  /** The call is over for this client. */
  default void ended(Call call, CallEndReason reason) {}
}
