package io.vaxel.media.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Anything may arrive at the filter, and at an association whose handshake has not begun. */
class DtlsFuzz {
  private static final DtlsContext CONTEXT = new DtlsContext(DtlsSettings.DEFAULTS);

  /** What passes keeps the promises that the library relies on. */
  @FuzzTest
  void filter(byte[] data) {
    DtlsFragmentFilter filter = new DtlsFragmentFilter();
    int[] fragments = new int[0x10000];
    for (byte[] datagram : datagrams(data)) {
      if (filter.admits(ByteBuffer.wrap(datagram), 0, datagram.length)) {
        check(datagram, fragments);
      }
    }
  }

  @FuzzTest
  void receivedBeforeTheHandshake(byte[] data) {
    try (Side side =
        new Side(CONTEXT, DtlsRole.SERVER, Identities.ONE, Identities.TWO.fingerprint(), 7)) {
      int passed = 0;
      for (byte[] datagram : datagrams(data)) {
        passed += side.receive(datagram) ? 1 : 0;
      }
      if (passed > CONTEXT.settings().queuedDatagrams()) {
        throw new AssertionError("the queue is not bounded");
      }
      side.association.start();
    }
  }

  /** The input is datagrams, each after its length in two bytes. */
  private static List<byte[]> datagrams(byte[] data) {
    List<byte[]> datagrams = new ArrayList<>();
    ByteBuffer input = ByteBuffer.wrap(data);
    while (input.remaining() > 2) {
      byte[] datagram = new byte[Math.min(input.getShort() & 0xFFFF, input.remaining())];
      input.get(datagram);
      datagrams.add(datagram);
    }
    return datagrams;
  }

  /** A second reading of the rules, as plain as can be. */
  private static void check(byte[] datagram, int[] fragments) {
    ByteBuffer bytes = ByteBuffer.wrap(datagram);
    while (bytes.hasRemaining()) {
      int type = bytes.get();
      bytes.getShort();
      int epoch = bytes.getShort();
      bytes.position(bytes.position() + 6);
      int contentLength = bytes.getShort() & 0xFFFF;
      ByteBuffer content = bytes.slice(bytes.position(), contentLength);
      bytes.position(bytes.position() + contentLength);
      while (type == 22 && epoch == 0 && content.hasRemaining()) {
        int length = content.getInt() & 0xFFFFFF;
        int sequence = content.getShort() & 0xFFFF;
        int offset = unsigned24(content);
        int count = unsigned24(content);
        content.position(content.position() + count);
        if (length > 16_384 || sequence > 15 || offset + count > length) {
          throw new AssertionError("a fragment passed that should not");
        }
        if (++fragments[sequence] > 32) {
          throw new AssertionError("too many fragments passed");
        }
      }
    }
  }

  private static int unsigned24(ByteBuffer bytes) {
    return ((bytes.getShort() & 0xFFFF) << 8) | (bytes.get() & 0xFF);
  }
}
