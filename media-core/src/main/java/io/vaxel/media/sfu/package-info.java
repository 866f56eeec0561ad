/**
 * The selective forwarding unit: published tracks, their subscribers, and the packet path between
 * them. Lives here: everything that decides which packet goes where. Does not: users, calls,
 * rosters, and the sockets themselves.
 */
package io.vaxel.media.sfu;
