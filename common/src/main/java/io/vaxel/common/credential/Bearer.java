package io.vaxel.common.credential;

/**
 * What a bearer allows that was checked.
 *
 * @param operator who it is, as {@link CallingOperator} has it
 * @param mayOperate whether it has the operator role
 * @param mayUseData whether it has the data role: it opens what an access key of the resource opens
 * @param resource name of the resource that it opens on a host that several resources share; empty
 *     for none
 */
public record Bearer(
    CallingOperator operator, boolean mayOperate, boolean mayUseData, String resource) {}
