package io.vaxel.media.sfu;

/**
 * How a track is sent to one subscriber, at one moment.
 *
 * @param packets sent, retransmissions left out
 * @param bytes of payload sent
 * @param retransmitted packets sent again because the subscriber asked
 * @param lost what the subscriber has reported lost so far
 * @param roundTripMillis to the subscriber; -1 before the first report
 */
public record SubscriptionStatistics(
    long packets, long bytes, long retransmitted, long lost, double roundTripMillis) {}
