/** Calls' media by our own SFU: the implementation of the port that calls state. */
package io.vaxel.signaling.media;
