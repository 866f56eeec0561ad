package io.vaxel.media.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

class StunFuzz {
  private static final InetSocketAddress FROM = new InetSocketAddress("192.0.2.1", 40000);

  @FuzzTest
  void anyDatagramIsReadOrRefused(byte[] datagram) {
    if (datagram.length <= PacketBuffer.CAPACITY) {
      readEverything(Messages.packet(datagram));
    }
  }

  /** Reads in a buffer that ends where the datagram does, so that reading past it is noticed. */
  static void readEverything(PacketBuffer packet) {
    ByteBuffer exact = ByteBuffer.wrap(packet.toByteArray());
    StunMessage message = new StunMessage();
    if (!message.wrap(exact, 0, exact.capacity())) {
      return;
    }
    message.type();
    message.messageClass();
    message.method();
    message.localUfragKey();
    message.priority();
    message.errorCode();
    message.xorMappedAddress();
    message.text(Stun.USERNAME);
    StunIntegrity.shortTerm(Messages.PASSWORD).verifies(message);
    PacketBuffer response = PacketBuffer.allocate();
    IceLiteAgent agent =
        new IceLiteAgent(new IceCredentials("evtjevtj", Messages.PASSWORD), new StunWriter());
    agent.handle(message, FROM, response, 0);
    if (response.length() > 0) {
      Messages.read(response);
    }
  }
}
