package io.vaxel.server;

import io.vaxel.server.config.ServerConfig;
import io.vaxel.signaling.call.CallLimits;
import io.vaxel.signaling.connection.CallingSettings;
import io.vaxel.signaling.connection.ConnectionLimits;
import io.vaxel.signaling.connection.SessionLimits;

/** The settings of calls and their connections, as the signalling takes them. */
final class SignalingSettings {
  private SignalingSettings() {}

  static CallLimits callLimits(ServerConfig.Signaling config) {
    CallLimits defaults = CallLimits.defaults();
    return new CallLimits(
        config.calls(),
        config.participants(),
        defaults.tracksPerParticipant(),
        defaults.subscriptionsPerParticipant(),
        defaults.speakerInterval());
  }

  static CallingSettings callingSettings(ServerConfig.Signaling config) {
    ServerConfig.Sessions sessions = config.sessions();
    return new CallingSettings(
        connectionLimits(config),
        new SessionLimits(
            sessions.count(),
            sessions.messages(),
            sessions.bytes().intBytes(),
            SessionLimits.defaults().answers(),
            sessions.memory().bytes()));
  }

  private static ConnectionLimits connectionLimits(ServerConfig.Signaling config) {
    ConnectionLimits defaults = ConnectionLimits.defaults();
    return new ConnectionLimits(
        defaults.helloTimeout(),
        defaults.pingInterval(),
        config.message().intBytes(),
        config.messagesPerSecond(),
        config.messageBurst(),
        defaults.refusedPerSecond(),
        defaults.refusedBurst(),
        defaults.waiting(),
        config.output().intBytes(),
        defaults.checksAtOnce());
  }
}
