package io.vaxel.media.sfu;

import java.net.InetAddress;
import java.util.List;

/**
 * How an SFU is laid out.
 *
 * @param loops threads that carry media, each with a port of its own
 * @param bind the local address of the ports; the wildcard address takes all
 * @param firstPort UDP and TCP port of the first loop, the next loop's is one more; 0 for any free
 * @param advertised the addresses that SDP names; empty for those of the machine's interfaces
 * @param udp whether media may go over UDP
 * @param tcp whether media may go over ICE-TCP
 * @param packetsPerLoop the most packet buffers (2 KiB each) that one loop may own
 * @param srtpEngine {@code libcrypto}, {@code jitsi}, or {@code auto} for the best that works here
 */
public record SfuConfig(
    int loops,
    InetAddress bind,
    int firstPort,
    List<AdvertisedAddress> advertised,
    boolean udp,
    boolean tcp,
    int packetsPerLoop,
    String srtpEngine) {
  public SfuConfig {
    advertised = List.copyOf(advertised);
    if (loops < 1) {
      throw new IllegalArgumentException("at least one loop is needed");
    }
    if (!udp && !tcp) {
      throw new IllegalArgumentException("media needs UDP or TCP");
    }
    if (packetsPerLoop < 1024) {
      throw new IllegalArgumentException("a loop needs at least 1024 packet buffers");
    }
  }
}
