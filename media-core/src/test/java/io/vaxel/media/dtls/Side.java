package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One association under test, with what its listener was told, wired to another side. */
final class Side implements DtlsListener, AutoCloseable {
  static final int[] PROFILES = {
    DtlsSrtpKeys.AEAD_AES_128_GCM,
    DtlsSrtpKeys.AEAD_AES_256_GCM,
    DtlsSrtpKeys.AES128_CM_HMAC_SHA1_80
  };
  static final DtlsSettings QUICK =
      DtlsSettings.DEFAULTS
          .withFirstRetransmission(Duration.ofMillis(20))
          .withHandshakeLimit(Duration.ofSeconds(10));

  /** What the listener was told, in order: keys, a failure, or {@link Closed}. */
  private final BlockingQueue<Object> news = new LinkedBlockingQueue<>();

  final DtlsAssociation association;
  private Wire wire = Wire.perfect();
  private @Nullable Side peer;

  record Closed() {}

  Side(
      DtlsContext context,
      DtlsRole role,
      DtlsIdentity identity,
      Fingerprint remote,
      int... profiles) {
    association = new DtlsAssociation(context, role, identity, remote, profiles, this::send, this);
  }

  /** A client and a server that know each other's fingerprints. */
  static Side[] pair(DtlsContext context, Wire toServer, Wire toClient) {
    DtlsIdentity client = Identities.ONE;
    DtlsIdentity server = Identities.TWO;
    Side[] sides = {
      new Side(context, DtlsRole.CLIENT, client, server.fingerprint(), PROFILES),
      new Side(context, DtlsRole.SERVER, server, client.fingerprint(), PROFILES)
    };
    join(sides[0], sides[1], toServer, toClient);
    return sides;
  }

  static void join(Side client, Side server, Wire toServer, Wire toClient) {
    client.peer = server;
    client.wire = toServer;
    server.peer = client;
    server.wire = toClient;
  }

  static void start(Side... sides) {
    for (int i = sides.length - 1; i >= 0; i--) {
      sides[i].association.start();
    }
  }

  private void send(byte[] datagram, int offset, int length) {
    Side to = peer;
    if (to != null) {
      byte[] copy = new byte[length];
      System.arraycopy(datagram, offset, copy, 0, length);
      wire.carry(copy, to::receive);
    }
  }

  boolean receive(byte[] datagram) {
    return association.received(ByteBuffer.wrap(datagram), 0, datagram.length);
  }

  DtlsSrtpKeys connected() {
    return assertInstanceOf(DtlsSrtpKeys.class, next());
  }

  DtlsFailure failed() {
    return assertInstanceOf(DtlsFailure.class, next());
  }

  void ended() {
    assertInstanceOf(Closed.class, next());
  }

  int untold() {
    return news.size();
  }

  private Object next() {
    try {
      Object told = news.poll(30, TimeUnit.SECONDS);
      assertNotNull(told, "nothing was told in 30 s");
      return told;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void connected(DtlsSrtpKeys keys) {
    news.add(keys);
  }

  @Override
  public void failed(DtlsFailure failure) {
    news.add(failure);
  }

  @Override
  public void closed() {
    news.add(new Closed());
  }

  @Override
  public void close() {
    association.close();
  }
}
