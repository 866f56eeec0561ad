package io.vaxel.signaling.connection;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaxel.signaling.connection.ConnectionRig.Peer;
import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.ServerMessage;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whatever a client sends, before and after Hello, in a call with another: nothing is thrown, no
 * answer is given to nothing, the server never says that it made a mistake, and all media is closed
 * in the end.
 */
class CallingConnectionFuzz {
  private static final String TOKEN = "fuzzer voip 36000";

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

  /**
   * Messages of a resumable session, each behind its length in two bytes; of length zero, the
   * socket breaks and the client comes back.
   */
  @FuzzTest
  void messagesOfASession(byte[] data) {
    ConnectionRig rig = new ConnectionRig();
    Peer peer = rig.connect();
    peer.hello(Hello.newBuilder().setToken(TOKEN).setResumable(true).setReceivesCalls(true));
    String resumeToken = peer.readOne().getWelcome().getResumeToken();
    peer.join();
    long lastSequence = 0;
    ByteBuffer input = ByteBuffer.wrap(data);
    while (input.remaining() >= 2 && peer.isOpen()) {
      byte[] message = new byte[Math.min(input.getShort() & 0xFFFF, input.remaining())];
      input.get(message);
      if (message.length == 0) {
        peer.cut();
        peer = rig.connect();
        peer.hello(
            Hello.newBuilder()
                .setToken(TOKEN)
                .setResumeToken(resumeToken)
                .setLastSequence(lastSequence));
      } else {
        peer.sendBytes(message);
      }
      List<ServerMessage> messages = peer.read();
      check(messages);
      for (ServerMessage told : messages) {
        if (told.getSequence() != 0 && told.getSequence() != ++lastSequence) {
          throw new AssertionError("a message is missing or came twice");
        }
      }
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
        || rig.endpoint.connectionCount() != 0
        || rig.endpoint.sessionCount() != 0
        || rig.endpoint.sessionMemoryBytes() != 0) {
      throw new AssertionError("something is left over");
    }
  }
}
