package io.vaxel.media.sfu;

/**
 * What an SFU holds and has done, at one moment.
 *
 * @param routers open
 * @param transports peer connections open
 * @param packetBuffers in use, those waiting for datagrams included
 * @param timers with a deadline
 * @param paths verified UDP addresses of peers
 * @param received datagrams received so far
 * @param sent datagrams sent so far
 * @param dropped datagrams that the operating system did not take
 * @param sendCalls system calls made for sending
 */
public record SfuUsage(
    int routers,
    int transports,
    int packetBuffers,
    int timers,
    int paths,
    long received,
    long sent,
    long dropped,
    long sendCalls) {
  static final SfuUsage NONE = new SfuUsage(0, 0, 0, 0, 0, 0, 0, 0, 0);

  SfuUsage plus(SfuUsage other) {
    return new SfuUsage(
        routers + other.routers,
        transports + other.transports,
        packetBuffers + other.packetBuffers,
        timers + other.timers,
        paths + other.paths,
        received + other.received,
        sent + other.sent,
        dropped + other.dropped,
        sendCalls + other.sendCalls);
  }
}
