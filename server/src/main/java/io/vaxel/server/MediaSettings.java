package io.vaxel.server;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.sfu.AdvertisedAddress;
import io.vaxel.media.sfu.SfuConfig;
import io.vaxel.server.config.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The settings of media, as the SFU takes them. */
final class MediaSettings {
  private MediaSettings() {}

  static SfuConfig of(ServerConfig config) throws UnknownHostException {
    ServerConfig.Media media = config.media();
    InetAddress bind =
        media.address().equals("*")
            ? new InetSocketAddress(0).getAddress()
            : InetAddress.getByName(media.address());
    return new SfuConfig(
        media.actualLoops(),
        bind,
        media.port(),
        config.mediaAddresses().stream().map(AdvertisedAddress::parse).toList(),
        media.udp(),
        media.tcp(),
        (int) (media.packetMemory().bytes() / PacketBuffer.CAPACITY),
        media.srtp());
  }
}
