/**
 * The identity service: resources with their access keys, users, and user access tokens with their
 * revocation. Does not live here: how requests are signed and tokens are built ({@code common}).
 */
package io.vaxel.control.identity;
