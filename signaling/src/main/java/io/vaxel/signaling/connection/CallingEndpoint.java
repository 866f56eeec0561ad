package io.vaxel.signaling.connection;

import io.netty.channel.ChannelHandler;
import io.vaxel.common.http.WebSocketEndpoint;
import io.vaxel.common.token.TokenAuthenticator;
import io.vaxel.common.token.TokenRevocations.Revocation;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.call.RoomCalls;
import io.vaxel.signaling.room.RoomDirectory;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The calling protocol's place at the front door. Safe for any thread. */
public final class CallingEndpoint implements WebSocketEndpoint {
  private final CallingServices services;
  private final Set<CallingConnection> open = ConcurrentHashMap.newKeySet();

  /**
   * @param rooms who may join which room's call
   * @param blocking runs token checks and reads of rooms, which may block: one virtual thread each
   * @param clock the wall clock that tokens end by
   * @param serverVersion told to clients
   */
  public CallingEndpoint(
      Calls calls,
      RoomDirectory rooms,
      TokenAuthenticator authenticator,
      Executor blocking,
      InstantSource clock,
      SdkVersions sdkVersions,
      CallingSettings settings,
      String serverVersion) {
    int checksAtOnce = settings.connections().checksAtOnce();
    this.services =
        new CallingServices(
            calls,
            new RoomCalls(rooms, calls, blocking, clock, checksAtOnce),
            new TokenCheck(authenticator, clock, blocking, checksAtOnce),
            new Sessions(settings.sessions()),
            sdkVersions,
            clock,
            settings,
            serverVersion);
  }

  @Override
  public String path() {
    return "/calling/v1";
  }

  @Override
  public String subprotocol() {
    return "vaxel.signaling.v1";
  }

  @Override
  public int maxMessageBytes() {
    return services.settings().connections().messageBytes();
  }

  @Override
  public ChannelHandler newHandler() {
    return new CallingHandler(services, open);
  }

  /** Connections open now. */
  public int connectionCount() {
    return open.size();
  }

  /** Sessions now, those that wait for their next socket included. */
  public int sessionCount() {
    return services.sessions().count();
  }

  /** Sessions that wait for their next socket now. */
  public int waitingSessionCount() {
    return services.sessions().waitingCount();
  }

  /** Sessions that went on with another socket, since the start. */
  public long resumedSessionCount() {
    return services.sessions().resumedCount();
  }

  /** Sessions that ended while they waited for a socket, since the start. */
  public long lostSessionCount() {
    return services.sessions().overCount();
  }

  /** Bytes that sessions keep for their next socket. */
  public long sessionMemoryBytes() {
    return services.sessions().memoryTaken();
  }

  /** Ends the sessions whose tokens have become void. Returns at once. Any thread. */
  public void heard(Revocation revocation) {
    services.sessions().heard(revocation);
  }

  /** Ends every call, tells every client that the server stops, and closes. Returns at once. */
  public void stop() {
    services.sessions().stop();
    open.forEach(CallingConnection::stop);
    services.calls().endAll(EndReason.SERVER_STOPPING);
  }
}
