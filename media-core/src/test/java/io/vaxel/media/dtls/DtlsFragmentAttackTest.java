package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DatagramTransport;
import org.junit.jupiter.api.Test;

/**
 * CVE-2026-59646: the library reserves what an unauthenticated fragment declares, 16 MB for each of
 * ten datagrams of 26 bytes.
 */
class DtlsFragmentAttackTest {
  private static final int DATAGRAMS = 10;
  private static final int ASSOCIATIONS = 100;

  @Test
  void theAttackDoesNotReachTheLibrary() {
    DtlsContext context = new DtlsContext(Side.QUICK);
    List<Side[]> pairs = new ArrayList<>();
    long before = liveHeap();
    for (int i = 0; i < ASSOCIATIONS; i++) {
      Side[] pair = Side.pair(context, Wire.perfect(), Wire.perfect());
      pair[1].association.start();
      for (byte[] datagram : attack()) {
        assertFalse(pair[1].receive(datagram));
      }
      pairs.add(pair);
    }
    assertEquals(ASSOCIATIONS * DATAGRAMS, context.datagramsFiltered());
    long grown = liveHeap() - before;
    assertTrue(grown < 20_000_000, () -> "heap grew by " + grown + " bytes");

    // The attacked associations still do their work.
    for (Side[] pair : pairs) {
      pair[0].association.start();
      pair[1].connected();
      pair[0].connected();
      pair[0].close();
      pair[1].close();
    }
  }

  /** The same datagrams straight into the library: should this ever fail, the filter can go. */
  @Test
  void withoutTheFilterTheLibraryReservesIt() throws Exception {
    List<byte[]> datagrams = new ArrayList<>(attack());
    DatagramTransport unfiltered =
        new DatagramTransport() {
          @Override
          public int getReceiveLimit() {
            return 2048;
          }

          @Override
          public int getSendLimit() {
            return 1200;
          }

          @Override
          public int receive(byte[] buffer, int offset, int length, int waitMillis)
              throws InterruptedIOException {
            if (datagrams.isEmpty()) {
              throw new InterruptedIOException("enough");
            }
            byte[] datagram = datagrams.removeFirst();
            System.arraycopy(datagram, 0, buffer, offset, datagram.length);
            return datagram.length;
          }

          @Override
          public void send(byte[] buffer, int offset, int length) {}

          @Override
          public void close() {}
        };
    HandshakePolicy policy =
        new HandshakePolicy(
            new GuardedCrypto(new SecureRandom()),
            Side.QUICK,
            DtlsRole.SERVER,
            Identities.ONE,
            Identities.TWO.fingerprint(),
            Side.PROFILES);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    assertThrows(
        InterruptedIOException.class,
        () -> new DTLSServerProtocol().accept(new DtlsServer(policy), unfiltered));
    long reserved = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(reserved > 9 * 16_000_000L, () -> "only " + reserved + " bytes were reserved");
  }

  private static List<byte[]> attack() {
    List<byte[]> datagrams = new ArrayList<>();
    for (int sequence = 0; sequence < DATAGRAMS; sequence++) {
      byte[] datagram =
          DtlsFragmentFilterTest.record(
              22, 0, DtlsFragmentFilterTest.fragment(1, 0xFFFFFF, sequence, 0, 1));
      datagram[10] = (byte) sequence; // the record's own number, or it is a replay
      assertEquals(26, datagram.length);
      datagrams.add(datagram);
    }
    return datagrams;
  }

  private static long liveHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
