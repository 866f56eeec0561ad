package io.vaxel.signaling.connection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.signaling.connection.ConnectionRig.Peer;
import io.vaxel.signaling.proto.ServerMessage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whatever a client sends, before and after Hello, in a call with another: nothing is thrown, no
 * answer is given to nothing, the server never says that it made a mistake, and all media is closed
 * in the end.
 */
class CallingConnectionFuzz {
  /** A first message of a stranger. */
  @FuzzTest
  void firstMessage(byte[] data) {
    ConnectionRig rig = new ConnectionRig();
    Peer peer = rig.connect();
    peer.sendBytes(data);
    check(peer.read());
    finish(rig);
  }

  /** Messages of somebody in a call, each behind its length in two bytes. */
  @FuzzTest
  void messagesInACall(byte[] data) {
    ConnectionRig rig = new ConnectionRig();
    Peer witness = rig.welcomed("witness");
    witness.join();
    witness.read();
    Peer peer = rig.welcomed("fuzzer");
    peer.join();
    check(peer.read());
    ByteBuffer input = ByteBuffer.wrap(data);
    while (input.remaining() >= 2 && peer.isOpen()) {
      byte[] message = new byte[Math.min(input.getShort() & 0xFFFF, input.remaining())];
      input.get(message);
      peer.sendBytes(message);
      check(peer.read());
      check(witness.read());
    }
    if (!witness.isOpen()) {
      throw new AssertionError("somebody else's connection was closed");
    }
    finish(rig);
  }

  private static void check(List<ServerMessage> messages) {
    for (ServerMessage message : messages) {
      if (message.getError().getCode() >= 500) {
        throw new AssertionError(message.toString());
      }
    }
  }

  private static void finish(ConnectionRig rig) {
    rig.close();
    if (rig.calls.callCount() != 0
        || rig.calls.participantCount() != 0
        || rig.media.openCount() != 0
        || rig.endpoint.connectionCount() != 0) {
      throw new AssertionError("something is left over");
    }
  }
}
