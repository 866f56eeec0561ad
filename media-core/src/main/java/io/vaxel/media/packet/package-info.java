/**
 * The memory that packets live in: one datagram, one buffer, off-heap and reused. Lives here:
 * buffers and their pool. Does not: anything that knows what the bytes mean.
 */
package io.vaxel.media.packet;
