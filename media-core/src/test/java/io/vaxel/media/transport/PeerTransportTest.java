package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.StunMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which paths a peer has, and where its datagrams go. */
final class PeerTransportTest {
  private final PeerTransportRig rig;

  PeerTransportTest() throws Exception {
    rig = new PeerTransportRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  private static int errorCode(EmbeddedChannel channel) {
    channel.runPendingTasks();
    ByteBuf frame = channel.readOutbound();
    PacketBuffer answer = PacketBuffer.allocate();
    int length = frame.readUnsignedShort();
    byte[] bytes = new byte[length];
    frame.readBytes(bytes);
    frame.release();
    answer.copyFrom(bytes, 0, length);
    StunMessage message = new StunMessage();
    assertTrue(message.wrap(answer.bytes(), 0, length));
    return message.errorCode();
  }

  @Test
  void aCheckWithAWrongPasswordIsAnsweredAndGivesNoPath() throws Exception {
    EmbeddedChannel channel = rig.channel();
    rig.onLoop(
        () -> {
          rig.port.receivedStun(
              PeerTransportRig.path(channel, 1), rig.check("wrongwrongwrongwrongwrong"));
          assertEquals(401, errorCode(channel));
          assertNull(rig.transport.selectedPath());
          return null;
        });
  }

  @Test
  void aNominatedPathIsUsedAndALaterOneTakesOver() throws Exception {
    rig.onLoop(
        () -> {
          TcpPath first = PeerTransportRig.path(rig.channel(), 1);
          TcpPath second = PeerTransportRig.path(rig.channel(), 2);
          rig.port.receivedStun(first, rig.rightCheck());
          assertSame(first, rig.transport.selectedPath());
          rig.port.receivedStun(second, rig.rightCheck());
          assertSame(second, rig.transport.selectedPath());
          assertSame(rig.transport, second.attachment());
          return null;
        });
  }

  @Test
  void theOldestUnusedPathMakesRoomForANewOne() throws Exception {
    rig.onLoop(
        () -> {
          List<EmbeddedChannel> channels = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            EmbeddedChannel channel = rig.channel();
            channels.add(channel);
            TcpPath path = PeerTransportRig.path(channel, i);
            rig.port.receivedStun(path, rig.rightCheck());
            assertSame(path, rig.transport.selectedPath(), "a peer may move as often as it likes");
          }
          assertEquals(8, channels.stream().filter(EmbeddedChannel::isOpen).count());
          assertFalse(channels.getFirst().isOpen());
          assertTrue(channels.getLast().isOpen());
          return null;
        });
  }

  @Test
  void closingGivesUpItsOwnPathsOnly() throws Exception {
    rig.onLoop(
        () -> {
          EmbeddedChannel own = rig.channel();
          EmbeddedChannel moved = rig.channel();
          TcpPath movedPath = PeerTransportRig.path(moved, 2);
          rig.port.receivedStun(PeerTransportRig.path(own, 1), rig.rightCheck());
          rig.port.receivedStun(movedPath, rig.rightCheck());
          movedPath.attach(new Object());
          rig.transport.close();
          assertFalse(own.isOpen());
          assertTrue(moved.isOpen());
          assertEquals(0, rig.port.transports());
          return null;
        });
  }

  @Test
  void aLostConnectionIsNotUsedAnyMore() throws Exception {
    rig.onLoop(
        () -> {
          TcpPath path = PeerTransportRig.path(rig.channel(), 1);
          rig.port.receivedStun(path, rig.rightCheck());
          rig.transport.pathClosed(path);
          assertNull(rig.transport.selectedPath());
          assertFalse(rig.transport.isConnected());
          return null;
        });
  }
}
