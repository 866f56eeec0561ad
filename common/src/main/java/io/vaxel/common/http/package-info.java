/**
 * The HTTP front door: one port for TLS and loopback plain HTTP, Jakarta REST and WebSockets. Lives
 * here: everything between a socket and a REST method. Does not: any service.
 */
package io.vaxel.common.http;
