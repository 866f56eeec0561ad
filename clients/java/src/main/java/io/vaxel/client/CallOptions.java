package io.vaxel.client;

import io.vaxel.signaling.proto.AutoSubscribe;
import io.vaxel.signaling.proto.CustomContext;

/**
 * How a call is begun or joined.
 *
 * @param autoSubscribe which tracks of others are received without being asked for
 * @param alternateCallerId the number that telephones are shown, E.164; empty for none
 * @param customContext headers that go with a call to whom it rings for
 * @param lobby whether a group call that begins with this has a lobby
 */
public record CallOptions(
    AutoSubscribe autoSubscribe,
    String alternateCallerId,
    CustomContext customContext,
    boolean lobby) {
  /** Everything is received. */
  public static final CallOptions RECEIVE_ALL = of(AutoSubscribe.AUTO_SUBSCRIBE_ALL);

  /** Sound is received, video is not. */
  public static final CallOptions RECEIVE_AUDIO = of(AutoSubscribe.AUTO_SUBSCRIBE_AUDIO);

  /** Nothing is received but what {@link Call#subscribe} asks for. */
  public static final CallOptions RECEIVE_NOTHING = of(AutoSubscribe.AUTO_SUBSCRIBE_NONE);

  private static CallOptions of(AutoSubscribe autoSubscribe) {
    return new CallOptions(autoSubscribe, "", CustomContext.getDefaultInstance(), false);
  }

  /** The same with headers for whom the call rings for. */
  public CallOptions withCustomContext(CustomContext context) {
    return new CallOptions(autoSubscribe, alternateCallerId, context, lobby);
  }

  /** The same with a number that telephones are shown. */
  public CallOptions withAlternateCallerId(String number) {
    return new CallOptions(autoSubscribe, number, customContext, lobby);
  }

  /** The same with a lobby. */
  public CallOptions withLobby() {
    return new CallOptions(autoSubscribe, alternateCallerId, customContext, true);
  }
}
