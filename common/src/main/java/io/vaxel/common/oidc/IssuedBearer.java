package io.vaxel.common.oidc;

import org.jspecify.annotations.Nullable;

/**
 * What a token of a trusted issuer says whose signature, audience and time hold.
 *
 * @param settings of the issuer that made it
 * @param subject who it is for: the claim {@code oid} of Entra, else {@code sub}
 * @param tenant the claim {@code tid} of Entra
 * @param clientId the application that asked for it: {@code azp}, {@code appid} or {@code
 *     client_id}
 * @param application whether it is for a program and not for a person
 * @param mayOperate whether it has an operator role
 * @param mayUseData whether it has a data role
 */
public record IssuedBearer(
    IssuerSettings settings,
    String subject,
    @Nullable String tenant,
    @Nullable String clientId,
    boolean application,
    boolean mayOperate,
    boolean mayUseData) {}
