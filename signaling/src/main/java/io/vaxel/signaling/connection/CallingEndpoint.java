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
      ConnectionLimits limits,
      String serverVersion) {
    this.services =
        new CallingServices(
            calls,
            new RoomCalls(rooms, calls, blocking, clock, limits.checksAtOnce()),
            new TokenCheck(authenticator, clock, blocking, limits.checksAtOnce()),
            sdkVersions,
            clock,
            limits,
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
    return services.limits().messageBytes();
  }

  @Override
  public ChannelHandler newHandler() {
    return new CallingHandler(services, open);
  }

  /** Connections open now. */
  public int connectionCount() {
    return open.size();
  }

  /** Ends the connections whose tokens have become void. Returns at once. Any thread. */
  public void heard(Revocation revocation) {
    open.forEach(connection -> connection.heard(revocation));
  }

  /** Ends every call, tells every client that the server stops, and closes. Returns at once. */
  public void stop() {
    open.forEach(CallingConnection::stop);
    services.calls().endAll(EndReason.SERVER_STOPPING);
  }
}
