package io.vaxel.media.srtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.media.packet.PacketBuffer;
import java.util.Arrays;

/** Arbitrary datagrams: both engines agree that they are nothing, and stay usable. */
class UnprotectFuzz {
  @FuzzTest
  void arbitraryBytesAreRefusedWithoutHarm(byte[] data) {
    byte[] datagram = Arrays.copyOf(data, Math.min(data.length, PacketBuffer.CAPACITY));
    for (SrtpProfile profile : SrtpProfile.values()) {
      SrtpKeys keys = Packets.keys(profile, 3);
      try (SrtpReceiver one = SrtpEngines.named("libcrypto").receiver(keys);
          SrtpReceiver other = SrtpEngines.named("jitsi").receiver(keys)) {
        SrtpResult rtp = Packets.unprotect(one, datagram);
        assertNotEquals(SrtpResult.OK, rtp);
        assertEquals(rtp, Packets.unprotect(other, datagram));
        SrtpResult rtcp = Packets.unprotectRtcp(one, datagram);
        assertNotEquals(SrtpResult.OK, rtcp);
        assertEquals(rtcp, Packets.unprotectRtcp(other, datagram));
      }
    }
  }
}
