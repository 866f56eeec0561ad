/**
 * Calls as state machines on their loop: rosters, tracks, subscriptions, offers. Lives here: rules
 * of a call. Does not: sockets and packets; those are the two ports, ParticipantConnection and
 * CallMedia.
 */
package io.vaxel.signaling.call;
