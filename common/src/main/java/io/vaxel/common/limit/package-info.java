/**
 * How often operations may be called, for each resource and for each caller. Does not live here:
 * limits of the calling protocol, and of failed credentials.
 */
package io.vaxel.common.limit;
