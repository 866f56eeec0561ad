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
    Sessions sessions,
    SdkVersions sdkVersions,
    InstantSource clock,
    CallingSettings settings,
    String serverVersion) {}
