/**
 * The REST services of ACS, one package for each: identity, later phone numbers, SMS, rooms and the
 * resource manager. Does not live here: Netty, calls and media.
 */
package io.vaxel.control;
