package io.vaxel.media.sfu;

/**
 * How a published track is received, at one moment.
 *
 * @param packets received
 * @param bytes of payload received
 * @param lost expected and never received, so far
 * @param recovered asked for with NACK and received afterwards
 * @param nacks sequence numbers asked for
 * @param jitterMillis interarrival jitter (RFC 3550)
 * @param keyFrameRequests PLI sent to the publisher
 */
public record TrackStatistics(
    long packets,
    long bytes,
    long lost,
    long recovered,
    long nacks,
    double jitterMillis,
    long keyFrameRequests) {}
