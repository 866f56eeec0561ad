package io.vaxel.signaling.connection;

import io.vaxel.signaling.call.Calls;
import io.vaxel.signaling.call.RoomCalls;
import java.time.InstantSource;

/**
 * What every connection uses; safe for any thread.
 *
 * @param serverVersion told in Welcome
 */
record CallingServices(
    Calls calls,
    RoomCalls rooms,
    TokenCheck tokens,
    SdkVersions sdkVersions,
    InstantSource clock,
    ConnectionLimits limits,
    String serverVersion) {}
