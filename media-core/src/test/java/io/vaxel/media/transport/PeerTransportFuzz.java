package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.media.packet.PacketBuffer;

/** The first byte decides who reads a datagram (RFC 7983); nobody may believe one without keys. */
class PeerTransportFuzz {
  @FuzzTest
  void anyDatagramIsDroppedBeforeThereAreKeys(byte[] datagram) throws Exception {
    int length = Math.min(datagram.length, PacketBuffer.CAPACITY);
    PeerTransportRig rig = new PeerTransportRig();
    try {
      rig.onLoop(
          () -> {
            PacketBuffer packet = PacketBuffer.allocate();
            packet.copyFrom(datagram, 0, length);
            TcpPath stranger = PeerTransportRig.path(rig.channel(), 1);
            rig.port.receivedStun(stranger, packet);
            TcpPath verified = PeerTransportRig.path(rig.channel(), 2);
            rig.port.receivedStun(verified, rig.rightCheck());
            packet.copyFrom(datagram, 0, length);
            assertSame(packet, rig.transport.received(verified, packet));
            assertSame(verified, rig.transport.selectedPath());
            assertFalse(rig.transport.isConnected());
            assertEquals(0, rig.told);
            return null;
          });
    } finally {
      rig.close();
    }
  }
}
