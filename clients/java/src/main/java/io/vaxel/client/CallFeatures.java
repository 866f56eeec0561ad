package io.vaxel.client;

import com.google.protobuf.ByteString;
import io.vaxel.signaling.proto.AnswerLobby;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Reaction;
import io.vaxel.signaling.proto.SendData;
import io.vaxel.signaling.proto.SendDtmf;
import io.vaxel.signaling.proto.SendReaction;
import io.vaxel.signaling.proto.SendRealTimeText;
import io.vaxel.signaling.proto.SetCaptions;
import io.vaxel.signaling.proto.SetHand;
import io.vaxel.signaling.proto.SetLobby;
import io.vaxel.signaling.proto.SetMediaAccess;
import io.vaxel.signaling.proto.SetSpotlight;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What can be done in a call besides talking; the limits are in the protocol. Participants are
 * named by their participant ids. Any thread; errors as in {@link Call}.
 */
public final class CallFeatures {
  private final Function<Consumer<ClientMessage.Builder>, CompletableFuture<Void>> asking;

  CallFeatures(Function<Consumer<ClientMessage.Builder>, CompletableFuture<Void>> asking) {
    this.asking = asking;
  }

  private CompletableFuture<Void> ask(Consumer<ClientMessage.Builder> request) {
    return asking.apply(request);
  }

  /** Sends tones: 1 to 32 of 0-9, A-D, *, # and ! for flash. */
  public CompletableFuture<Void> sendDtmf(String tones) {
    return ask(message -> message.setSendDtmf(SendDtmf.newBuilder().setTones(tones)));
  }

  /** Raises the own hand. */
  public CompletableFuture<Void> raiseHand() {
    return ask(message -> message.setSetHand(SetHand.newBuilder().setRaised(true)));
  }

  /** Lowers the own hand. */
  public CompletableFuture<Void> lowerHand() {
    return ask(message -> message.setSetHand(SetHand.getDefaultInstance()));
  }

  /** Lowers the hands of others. */
  public CompletableFuture<Void> lowerHands(Collection<String> participantIds) {
    return ask(
        message -> message.setSetHand(SetHand.newBuilder().addAllParticipantIds(participantIds)));
  }

  /** Lowers every hand. */
  public CompletableFuture<Void> lowerAllHands() {
    return ask(message -> message.setSetHand(SetHand.newBuilder().setEverybody(true)));
  }

  /** Reacts, for everybody to see. */
  public CompletableFuture<Void> sendReaction(Reaction reaction) {
    return ask(message -> message.setSendReaction(SendReaction.newBuilder().setReaction(reaction)));
  }

  /** Puts participants into the spotlight; this client when there is none. */
  public CompletableFuture<Void> startSpotlight(Collection<String> participantIds) {
    return spotlight(participantIds, true);
  }

  /** Takes participants out of the spotlight; everybody when there is none. */
  public CompletableFuture<Void> stopSpotlight(Collection<String> participantIds) {
    return spotlight(participantIds, false);
  }

  private CompletableFuture<Void> spotlight(Collection<String> participantIds, boolean on) {
    return ask(
        message ->
            message.setSetSpotlight(
                SetSpotlight.newBuilder().addAllParticipantIds(participantIds).setOn(on)));
  }

  /**
   * Sends text as it is being typed.
   *
   * @param sequenceId grows with each utterance; a text replaces the one before of the same id
   * @param finalized whether the utterance is complete
   */
  public CompletableFuture<Void> sendRealTimeText(int sequenceId, String text, boolean finalized) {
    return ask(
        message ->
            message.setSendRealTimeText(
                SendRealTimeText.newBuilder()
                    .setSequenceId(sequenceId)
                    .setText(text)
                    .setFinalized(finalized)));
  }

  /**
   * Sends a message on a data channel.
   *
   * @param channelId 1 to 65,535
   * @param participantIds to whom; everybody else when empty
   * @param payload at most 32 KiB
   */
  public CompletableFuture<Void> sendData(
      int channelId, Collection<String> participantIds, byte[] payload) {
    return ask(
        message ->
            message.setSendData(
                SendData.newBuilder()
                    .setChannelId(channelId)
                    .addAllParticipantIds(participantIds)
                    .setPayload(ByteString.copyFrom(payload))));
  }

  /** Switches captions on or off; {@code spokenLanguage} is BCP 47, empty for what it is. */
  public CompletableFuture<Void> setCaptions(boolean active, String spokenLanguage) {
    return ask(
        message ->
            message.setSetCaptions(
                SetCaptions.newBuilder().setActive(active).setSpokenLanguage(spokenLanguage)));
  }

  /** Switches the lobby of a group call. */
  public CompletableFuture<Void> setLobby(boolean on) {
    return ask(message -> message.setSetLobby(SetLobby.newBuilder().setOn(on)));
  }

  /** Lets in who waits in the lobby; everybody when none is named. */
  public CompletableFuture<Void> admit(Collection<String> participantIds) {
    return answerLobby(participantIds, true);
  }

  /** Turns away who waits in the lobby; everybody when none is named. */
  public CompletableFuture<Void> turnAway(Collection<String> participantIds) {
    return answerLobby(participantIds, false);
  }

  private CompletableFuture<Void> answerLobby(Collection<String> participantIds, boolean admit) {
    return ask(
        message ->
            message.setAnswerLobby(
                AnswerLobby.newBuilder().addAllParticipantIds(participantIds).setAdmit(admit)));
  }

  /** Permits or forbids others their microphone; everybody else when none is named. */
  public CompletableFuture<Void> permitAudio(Collection<String> participantIds, boolean permit) {
    return ask(
        message ->
            message.setSetMediaAccess(
                SetMediaAccess.newBuilder()
                    .addAllParticipantIds(participantIds)
                    .setAudioPermitted(permit)));
  }

  /** Permits or forbids others camera and screen; everybody else when none is named. */
  public CompletableFuture<Void> permitVideo(Collection<String> participantIds, boolean permit) {
    return ask(
        message ->
            message.setSetMediaAccess(
                SetMediaAccess.newBuilder()
                    .addAllParticipantIds(participantIds)
                    .setVideoPermitted(permit)));
  }
}
