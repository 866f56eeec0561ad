/**
 * User access tokens: what they say, how they are signed and checked, and the signing keys. Does
 * not live here: who may have one, and whether it was revoked.
 */
package io.vaxel.common.token;
