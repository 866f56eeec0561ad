package io.vaxel.media.sfu;

/**
 * What an SFU holds and has done, at one moment.
 *
 * @param routers open
 * @param transports peer connections open
 * @param packetBuffers in use, those waiting for datagrams included
 * @param timers with a deadline
 * @param paths verified UDP addresses of peers, and open ICE-TCP connections
 * @param dtlsAssociations DTLS associations that have not ended
 * @param srtpContexts native cipher contexts of the SRTP engine; 0 where it has none
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
    int dtlsAssociations,
    int srtpContexts,
    long received,
    long sent,
    long dropped,
    long sendCalls) {
  /** What all loops share. */
  static SfuUsage ofSecurity(int dtlsAssociations, int srtpContexts) {
    return new SfuUsage(0, 0, 0, 0, 0, dtlsAssociations, srtpContexts, 0, 0, 0, 0);
  }

  SfuUsage plus(SfuUsage other) {
    return new SfuUsage(
        routers + other.routers,
        transports + other.transports,
        packetBuffers + other.packetBuffers,
        timers + other.timers,
        paths + other.paths,
        dtlsAssociations + other.dtlsAssociations,
        srtpContexts + other.srtpContexts,
        received + other.received,
        sent + other.sent,
        dropped + other.dropped,
        sendCalls + other.sendCalls);
  }
}
