package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.ServerMessages;
import io.vaxel.signaling.SignalingError;
import io.vaxel.signaling.proto.CallState;
import io.vaxel.signaling.proto.Captions;
import io.vaxel.signaling.proto.SetCaptions;
import java.util.regex.Pattern;

/**
 * What is shown to everybody as going on: recording, transcription, captions. On the call's loop.
 */
final class CallIndicators {
  private static final String FIRST_LANGUAGE = "en-US";
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}");

  private final CallPermissions permissions;
  private final Runnable onChanged;
  private boolean recording;
  private boolean transcription;
  private boolean captions;
  private String spokenLanguage = FIRST_LANGUAGE;

  /**
   * @param onChanged tells everybody
   */
  CallIndicators(CallPermissions permissions, Runnable onChanged) {
    this.permissions = permissions;
    this.onChanged = onChanged;
  }

  /** Carries out SetCaptions; when it throws, nothing has changed. */
  void setCaptions(CallParticipant from, long requestId, SetCaptions request)
      throws RequestRefusedException {
    permissions.require(from, Capability.START_LIVE_CALLING_CAPTIONS);
    String language =
        request.getSpokenLanguage().isEmpty() ? spokenLanguage : request.getSpokenLanguage();
    if (!LANGUAGE.matcher(language).matches()) {
      throw new RequestRefusedException(SignalingError.INVALID_LANGUAGE);
    }
    from.send(ServerMessages.done(requestId));
    captions = request.getActive();
    spokenLanguage = language;
    onChanged.run();
  }

  void recording(boolean on) {
    recording = on;
    onChanged.run();
  }

  void transcription(boolean on) {
    transcription = on;
    onChanged.run();
  }

  void show(CallState.Builder state) {
    state
        .setRecording(recording)
        .setTranscription(transcription)
        .setCaptions(Captions.newBuilder().setActive(captions).setSpokenLanguage(spokenLanguage));
  }
}
