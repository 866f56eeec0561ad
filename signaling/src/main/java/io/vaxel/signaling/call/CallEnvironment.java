package io.vaxel.signaling.call;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What calls use; everything is safe for any thread.
 *
 * @param devices who rings for whom
 * @param telephones the way to telephones
 * @param clock the wall clock
 * @param ids makes call, participant and transfer ids that never repeat, such as random UUIDs
 */
public record CallEnvironment(
    CallMedia.Factory media,
    CallLimits limits,
    CallTimeouts timeouts,
    Devices devices,
    TelephoneNetwork telephones,
    InstantSource clock,
    Supplier<String> ids) {}
