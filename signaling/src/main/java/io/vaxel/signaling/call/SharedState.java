package io.vaxel.signaling.call;

import io.vaxel.signaling.proto.CallState;
import io.vaxel.signaling.proto.ServerMessage;

/** What everybody in a call shares, and is told as a whole when it changes. On the call's loop. */
final class SharedState {
  private final CallRoster roster;
  private final CallPermissions permissions;
  private final Lobby lobby;
  private final CallIndicators indicators;
  private final Spotlight spotlight;

  SharedState(CallRoster roster, CallPermissions permissions, Lobby lobby) {
    this.roster = roster;
    this.permissions = permissions;
    this.lobby = lobby;
    this.indicators = new CallIndicators(permissions, this::tell);
    this.spotlight = new Spotlight(roster, permissions, this::tell);
  }

  CallIndicators indicators() {
    return indicators;
  }

  Spotlight spotlight() {
    return spotlight;
  }

  /** Tells everybody. */
  void tell() {
    roster.tell(message());
  }

  ServerMessage message() {
    return ServerMessage.newBuilder().setCallState(toProto()).build();
  }

  CallState toProto() {
    CallState.Builder state =
        CallState.newBuilder()
            .setKind(permissions.kind())
            .setLobby(lobby.isOn())
            .addAllSpotlight(spotlight.participantIds());
    indicators.show(state);
    return state.build();
  }
}
