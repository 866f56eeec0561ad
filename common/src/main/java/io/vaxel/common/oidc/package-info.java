/**
 * Bearers of OpenID Connect issuers that the operator trusts: their keys, fetched and kept, and the
 * checks of signature, audience, time and roles. Does not live here: what a role opens.
 */
package io.vaxel.common.oidc;
