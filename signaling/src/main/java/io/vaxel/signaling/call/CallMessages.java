package io.vaxel.signaling.call;

import io.netty.util.concurrent.Ticker;
import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.TokenBucket;
import io.vaxel.signaling.proto.DataReceived;
import io.vaxel.signaling.proto.DtmfReceived;
import io.vaxel.signaling.proto.Reaction;
import io.vaxel.signaling.proto.ReactionReceived;
import io.vaxel.signaling.proto.RealTimeTextReceived;
import io.vaxel.signaling.proto.SendData;
import io.vaxel.signaling.proto.SendDtmf;
import io.vaxel.signaling.proto.SendReaction;
import io.vaxel.signaling.proto.SendRealTimeText;
import io.vaxel.signaling.proto.ServerMessage;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What participants say to each other beside media: tones, reactions, text as it is typed, data of
 * applications. Nothing of it is kept. Used on the call's loop.
 */
final class CallMessages {
  private static final Pattern TONES = Pattern.compile("[0-9A-D*#!]{1,32}");
  private static final int MOST_TEXT = 2_000;

  // Documented for ACS's data channels.
  private static final int MOST_DATA = 32 << 10;
  private static final int MOST_RECEIVERS = 64;
  private static final int MOST_CHANNEL = 65_535;

  /** Channels of one sender at the same time; each takes a number here. */
  private static final int MOST_CHANNELS = 256;

  private static final double REACTIONS_PER_SECOND = 1;
  private static final double REACTIONS_AT_ONCE = 5;

  private final CallRoster roster;
  private final Ticker ticker;
  private final InstantSource clock;
  private final Map<String, TokenBucket> reactions = new HashMap<>();
  private final Map<String, Map<Integer, Long>> sequences = new HashMap<>();

  /**
   * @param ticker the loop's time
   * @param clock the wall clock
   */
  CallMessages(CallRoster roster, Ticker ticker, InstantSource clock) {
    this.roster = roster;
    this.ticker = ticker;
    this.clock = clock;
  }

  /** Carries out SendDtmf; when it throws, nothing has been sent. */
  void dtmf(CallParticipant from, long requestId, SendDtmf request) throws RequestRefusedException {
    if (!TONES.matcher(request.getTones()).matches()) {
      throw new RequestRefusedException(SignalingError.INVALID_DTMF);
    }
    from.send(ServerMessages.done(requestId));
    roster.tellOthers(
        from,
        ServerMessage.newBuilder()
            .setDtmfReceived(
                DtmfReceived.newBuilder().setParticipantId(from.id()).setTones(request.getTones()))
            .build());
  }

  /** Carries out SendReaction; when it throws, nothing has been sent. */
  void reaction(CallParticipant from, long requestId, SendReaction request)
      throws RequestRefusedException {
    Reaction reaction = request.getReaction();
    if (reaction == Reaction.REACTION_UNSPECIFIED || reaction == Reaction.UNRECOGNIZED) {
      throw new RequestRefusedException(SignalingError.INVALID_REACTION);
    }
    TokenBucket bucket =
        reactions.computeIfAbsent(
            from.id(), _ -> new TokenBucket(ticker, REACTIONS_PER_SECOND, REACTIONS_AT_ONCE));
    if (!bucket.take(1)) {
      throw new RequestRefusedException(SignalingError.TOO_MANY_REACTIONS);
    }
    from.send(ServerMessages.done(requestId));
    roster.tellOthers(
        from,
        ServerMessage.newBuilder()
            .setReactionReceived(
                ReactionReceived.newBuilder().setParticipantId(from.id()).setReaction(reaction))
            .build());
  }

  /** Carries out SendRealTimeText; when it throws, nothing has been sent. */
  void text(CallParticipant from, long requestId, SendRealTimeText request)
      throws RequestRefusedException {
    if (request.getText().length() > MOST_TEXT) {
      throw new RequestRefusedException(SignalingError.INVALID_TEXT);
    }
    from.send(ServerMessages.done(requestId));
    roster.tellOthers(
        from,
        ServerMessage.newBuilder()
            .setRealTimeTextReceived(
                RealTimeTextReceived.newBuilder()
                    .setParticipantId(from.id())
                    .setSequenceId(request.getSequenceId())
                    .setText(request.getText())
                    .setFinalized(request.getFinalized())
                    .setSentUnixMs(clock.millis()))
            .build());
  }

  /**
   * Carries out SendData; when it throws, nothing has been sent. A receiver that is not there any
   * more is left out: it may have gone while the message was on its way.
   */
  void data(CallParticipant from, long requestId, SendData request) throws RequestRefusedException {
    int channel = request.getChannelId();
    if (channel < 1
        || channel > MOST_CHANNEL
        || request.getPayload().size() > MOST_DATA
        || request.getParticipantIdsCount() > MOST_RECEIVERS) {
      throw new RequestRefusedException(SignalingError.INVALID_DATA);
    }
    Map<Integer, Long> ofSender = sequences.computeIfAbsent(from.id(), _ -> new HashMap<>());
    if (ofSender.size() >= MOST_CHANNELS && !ofSender.containsKey(channel)) {
      throw new RequestRefusedException(
          SignalingError.INVALID_DATA, "A sender may use " + MOST_CHANNELS + " channels.");
    }
    long sequence = ofSender.merge(channel, 1L, Long::sum);
    if (request.getClose()) {
      ofSender.remove(channel);
    }
    from.send(ServerMessages.done(requestId));
    ServerMessage message =
        ServerMessage.newBuilder()
            .setDataReceived(
                DataReceived.newBuilder()
                    .setChannelId(channel)
                    .setParticipantId(from.id())
                    .setPayload(request.getPayload())
                    .setSequence(sequence)
                    .setClose(request.getClose()))
            .build();
    List<String> chosen = request.getParticipantIdsList();
    for (CallParticipant other : roster.everybodyBut(from)) {
      if (chosen.isEmpty() || chosen.contains(other.id())) {
        other.send(message);
      }
    }
  }

  /** A participant is gone. */
  void forget(CallParticipant participant) {
    reactions.remove(participant.id());
    sequences.remove(participant.id());
  }
}
