package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.dtls.DtlsFailure.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.junit.jupiter.api.Test;

/** Peers that are not ours: RSA certificates, and what must be refused. */
class ForeignPeerTest implements DtlsListener {
  private final LinkedBlockingQueue<Object> news = new LinkedBlockingQueue<>();
  private final DtlsContext context = new DtlsContext(Side.QUICK);

  @Test
  void aClientWithAnRsaCertificateExportsTheSameKeys() throws Exception {
    byte[] material = handshake(DtlsRole.SERVER, ForeignPeer.Habits.good()).join();
    DtlsSrtpKeys keys = (DtlsSrtpKeys) next();
    assertArrayEquals(
        material, concat(keys.remoteKey(), keys.localKey(), keys.remoteSalt(), keys.localSalt()));
  }

  @Test
  void aServerWithAnRsaCertificateExportsTheSameKeys() throws Exception {
    byte[] material = handshake(DtlsRole.CLIENT, ForeignPeer.Habits.good()).join();
    DtlsSrtpKeys keys = (DtlsSrtpKeys) next();
    assertArrayEquals(
        material, concat(keys.localKey(), keys.remoteKey(), keys.localSalt(), keys.remoteSalt()));
  }

  /** Whatever we offer that an RSA key can do must work on the platform's own providers. */
  @Test
  void everyOfferedRsaSignatureIsVerified() throws Exception {
    for (SignatureAndHashAlgorithm offered : HandshakePolicy.signatureAlgorithms()) {
      if (offered.getSignature() != SignatureAlgorithm.ecdsa) {
        assertEquals(SignatureAlgorithm.rsa, offered.getSignature());
        for (DtlsRole ours : DtlsRole.values()) {
          handshake(ours, ForeignPeer.Habits.signingWith(offered.getHash())).join();
          assertInstanceOf(DtlsSrtpKeys.class, next());
        }
      }
    }
  }

  @Test
  void dtls10IsRefused() throws Exception {
    var old = new ForeignPeer.Habits(ProtocolVersion.DTLSv10, true, true, 7);
    assertEquals("refused: protocol_version(70)", refused(DtlsRole.SERVER, old).detail());
    // As a client we do not offer 1.0, and it is for the server to refuse.
    assertEquals(Reason.PEER_ALERT, refused(DtlsRole.CLIENT, old).reason());
  }

  @Test
  void noExtendedMasterSecretIsRefused() throws Exception {
    var plain = new ForeignPeer.Habits(ProtocolVersion.DTLSv12, false, true, 7);
    assertEquals("refused: handshake_failure(40)", refused(DtlsRole.SERVER, plain).detail());
    assertEquals("refused: handshake_failure(40)", refused(DtlsRole.CLIENT, plain).detail());
  }

  @Test
  void aClientWithoutCertificateIsRefused() throws Exception {
    var anonymous = new ForeignPeer.Habits(ProtocolVersion.DTLSv12, true, false, 7);
    assertEquals(Reason.FINGERPRINT_MISMATCH, refused(DtlsRole.SERVER, anonymous).reason());
  }

  @Test
  void aPeerWithoutSrtpIsRefused() throws Exception {
    var data = new ForeignPeer.Habits(ProtocolVersion.DTLSv12, true, true, 0);
    for (DtlsRole ours : DtlsRole.values()) {
      assertEquals(Reason.NO_COMMON_SRTP_PROFILE, refused(ours, data).reason());
    }
  }

  @Test
  void aServerThatChoosesWhatWasNotOfferedIsRefused() throws Exception {
    var wilful = new ForeignPeer.Habits(ProtocolVersion.DTLSv12, true, true, 2);
    assertEquals("refused: illegal_parameter(47)", refused(DtlsRole.CLIENT, wilful).detail());
  }

  /** Runs a handshake that must come to keys on neither side; what ours was told. */
  private DtlsFailure refused(DtlsRole ours, ForeignPeer.Habits habits) throws Exception {
    CompletableFuture<byte[]> exported = handshake(ours, habits);
    assertTrue(exported.handle((keys, failure) -> keys == null).get(30, TimeUnit.SECONDS));
    return (DtlsFailure) next();
  }

  private CompletableFuture<byte[]> handshake(DtlsRole ours, ForeignPeer.Habits habits) {
    DtlsAssociation[] association = new DtlsAssociation[1];
    ForeignPeer peer =
        new ForeignPeer(
            habits,
            datagram -> association[0].received(ByteBuffer.wrap(datagram), 0, datagram.length));
    association[0] =
        new DtlsAssociation(
            context,
            ours,
            Identities.ONE,
            ForeignPeer.fingerprint(),
            Side.PROFILES,
            peer::deliver,
            this);
    CompletableFuture<byte[]> exported = ours == DtlsRole.SERVER ? peer.connect() : peer.accept();
    association[0].start();
    return exported;
  }

  private Object next() throws InterruptedException {
    Object told = news.poll(30, TimeUnit.SECONDS);
    return told == null ? "nothing was told" : told;
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
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
  public void closed() {}
}
