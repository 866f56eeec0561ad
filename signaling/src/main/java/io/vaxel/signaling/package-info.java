/**
 * The calling protocol's service: what is shared by connections and calls. Lives here: errors and
 * end reasons. Does not: sockets (see connection), rosters (see call), packets (see media-core).
 */
package io.vaxel.signaling;
