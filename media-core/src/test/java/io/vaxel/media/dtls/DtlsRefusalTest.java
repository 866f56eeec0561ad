package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaxel.media.dtls.DtlsFailure.Reason;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Peers that must not be connected to, and what each side is told. */
class DtlsRefusalTest {
  private static final int GCM = DtlsSrtpKeys.AEAD_AES_128_GCM;
  private static final int COUNTER = DtlsSrtpKeys.AES128_CM_HMAC_SHA1_80;

  private final DtlsContext context = new DtlsContext(Side.QUICK);

  @AfterEach
  void nothingIsLeftUnderWay() {
    assertEquals(0, context.handshakesInFlight());
  }

  @Test
  void aServerRefusesAClientWithAnotherFingerprint() {
    Side client = client(Identities.TWO.fingerprint(), GCM);
    Side server = server(Identities.TWO.fingerprint(), GCM); // the client is ONE
    run(client, server);

    assertEquals(Reason.FINGERPRINT_MISMATCH, server.failed().reason());
    DtlsFailure refused = client.failed();
    assertEquals(Reason.PEER_ALERT, refused.reason());
    assertEquals("the peer refused: bad_certificate(42)", refused.detail());
  }

  @Test
  void aClientRefusesAServerWithAnotherFingerprint() {
    Side client = client(Identities.ONE.fingerprint(), GCM); // the server is TWO
    Side server = server(Identities.ONE.fingerprint(), GCM);
    run(client, server);

    assertEquals(Reason.FINGERPRINT_MISMATCH, client.failed().reason());
    assertEquals(Reason.PEER_ALERT, server.failed().reason());
  }

  @Test
  void noProfileInCommonIsNamed() {
    Side client = client(Identities.TWO.fingerprint(), COUNTER);
    Side server = server(Identities.ONE.fingerprint(), GCM);
    run(client, server);

    assertEquals(Reason.NO_COMMON_SRTP_PROFILE, server.failed().reason());
    assertEquals(Reason.PEER_ALERT, client.failed().reason());
  }

  @Test
  void theServersPreferenceDecidesOnTheProfile() {
    Side client = client(Identities.TWO.fingerprint(), GCM, COUNTER);
    Side server = server(Identities.ONE.fingerprint(), COUNTER, GCM);
    run(client, server);

    DtlsSrtpKeys keys = server.connected();
    assertEquals(COUNTER, keys.profileId());
    assertEquals(14, keys.localSalt().length);
    assertEquals(COUNTER, client.connected().profileId());
    client.close();
    client.ended();
    server.ended(); // by close_notify
  }

  @Test
  void unknownProfilesAreRefusedAtOnce() {
    assertThrows(
        IllegalArgumentException.class, () -> client(Identities.TWO.fingerprint(), 0x1234));
    assertThrows(IllegalArgumentException.class, () -> client(Identities.TWO.fingerprint()));
  }

  @Test
  void aSilentPeerIsATimeout() {
    DtlsContext hasty = new DtlsContext(Side.QUICK.withHandshakeLimit(Duration.ofMillis(60)));
    for (DtlsRole role : DtlsRole.values()) {
      Side lonely = new Side(hasty, role, Identities.ONE, Identities.TWO.fingerprint(), GCM);
      lonely.association.start();
      assertEquals(Reason.TIMED_OUT, lonely.failed().reason());
    }
    assertEquals(0, hasty.handshakesInFlight());
  }

  /** The answers are lost, the client repeats its hello for ever: traffic must not win time. */
  @Test
  void aPeerThatKeepsTalkingIsATimeoutToo() {
    DtlsContext hasty = new DtlsContext(Side.QUICK.withHandshakeLimit(Duration.ofMillis(150)));
    Side server =
        new Side(hasty, DtlsRole.SERVER, Identities.TWO, Identities.ONE.fingerprint(), GCM);
    Side client = client(Identities.TWO.fingerprint(), GCM);
    Side.join(client, server, Wire.doubling(), Wire.losing(n -> true));
    Side.start(client, server);

    assertEquals(Reason.TIMED_OUT, server.failed().reason());
    client.close();
    client.ended();
  }

  @Test
  void oneHandshakeTooManyIsRefused() {
    DtlsContext narrow = new DtlsContext(Side.QUICK.withHandshakesInFlight(1));
    Side first =
        new Side(narrow, DtlsRole.SERVER, Identities.ONE, Identities.TWO.fingerprint(), GCM);
    Side second =
        new Side(narrow, DtlsRole.SERVER, Identities.ONE, Identities.TWO.fingerprint(), GCM);
    first.association.start();
    second.association.start();

    assertEquals(Reason.BUSY, second.failed().reason());
    assertEquals(1, narrow.handshakesRefused());
    first.close();
    first.ended();
    assertEquals(0, narrow.handshakesInFlight());
  }

  private Side client(Fingerprint remote, int... profiles) {
    return new Side(context, DtlsRole.CLIENT, Identities.ONE, remote, profiles);
  }

  private Side server(Fingerprint remote, int... profiles) {
    return new Side(context, DtlsRole.SERVER, Identities.TWO, remote, profiles);
  }

  private static void run(Side client, Side server) {
    Side.join(client, server, Wire.perfect(), Wire.perfect());
    Side.start(client, server);
  }
}
