package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two associations back to back, on networks that lose, double and reorder. */
class DtlsHandshakeTest {
  /** Small enough that every flight takes several datagrams. */
  private static final int SMALL_MTU = 256;

  private static final int SMALLEST_MTU = 128;

  /** So long that nothing is repeated while datagrams are counted. */
  private static final Duration PATIENT = Duration.ofSeconds(5);

  @Test
  void bothSidesAgreeOnTheKeysOfTheFirstProfile() {
    handshake(Side.QUICK, Wire.perfect(), Wire.perfect());
  }

  @Test
  void aFlightIsOneDatagramWhenItFits() {
    Wire toServer = Wire.perfect();
    Wire toClient = Wire.perfect();
    handshake(Side.QUICK.withFirstRetransmission(PATIENT), toServer, toClient);
    // ClientHello and the client's second flight; the server's two flights. Then the goodbyes.
    assertTrue(toServer.sent().size() <= 3, () -> toServer.sent().size() + " datagrams");
    assertTrue(toClient.sent().size() <= 3, () -> toClient.sent().size() + " datagrams");
  }

  @Test
  void noDatagramIsLongerThanTheMtu() {
    Wire toServer = Wire.perfect();
    Wire toClient = Wire.perfect();
    handshake(Side.QUICK.withMtu(SMALL_MTU), toServer, toClient);
    for (Wire wire : new Wire[] {toServer, toClient}) {
      assertTrue(wire.sent().size() > 3);
      wire.sent().forEach(datagram -> assertTrue(datagram.length <= SMALL_MTU));
    }
  }

  @Test
  void cookiesCostOneRoundTrip() {
    Wire toServer = Wire.perfect();
    DtlsSettings patient = Side.QUICK.withFirstRetransmission(PATIENT);
    handshake(patient.withCookies(true), toServer, Wire.perfect());
    // Two hellos, the second flight, and perhaps the goodbye by now.
    int sent = toServer.sent().size();
    assertTrue(sent == 3 || sent == 4, () -> sent + " datagrams");
  }

  /** BoringSSL's and NSS's hellos with post-quantum key shares span two datagrams. */
  @Test
  void aClientHelloInSeveralDatagramsIsUnderstood() {
    Wire toServer = Wire.perfect();
    handshake(Side.QUICK.withMtu(SMALLEST_MTU), toServer, Wire.perfect());
    byte[] second = toServer.sent().get(1);
    assertEquals(1, second[13]); // client_hello
    assertTrue(second[20] != 0 || second[21] != 0, "fragment_offset");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void anyDatagramToTheServerMayBeLost(int lost) {
    handshake(Side.QUICK.withMtu(SMALL_MTU), Wire.losing(n -> n == lost), Wire.perfect());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
  void anyDatagramToTheClientMayBeLost(int lost) {
    handshake(Side.QUICK.withMtu(SMALL_MTU), Wire.perfect(), Wire.losing(n -> n == lost));
  }

  /** Number 3 is the CertificateVerify, whose loss the library alone does not survive. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void anyRecordToTheServerMayBeLost(int lost) {
    handshake(Side.QUICK, Wire.losing(n -> n == lost).recordsApart(), Wire.perfect());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
  void anyRecordToTheClientMayBeLost(int lost) {
    handshake(Side.QUICK, Wire.perfect(), Wire.losing(n -> n == lost).recordsApart());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void anyRecordToTheServerMayBeLate(int late) {
    handshake(Side.QUICK, Wire.swapping(n -> n == late).recordsApart(), Wire.perfect());
  }

  /** In the smallest datagrams the CertificateVerify itself is in two. */
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9})
  void anyFragmentToTheServerMayBeLost(int lost) {
    handshake(
        Side.QUICK.withMtu(SMALLEST_MTU),
        Wire.losing(n -> n == lost).recordsApart(),
        Wire.perfect());
  }

  @Test
  void everyThirdDatagramMayBeLostInBothDirections() {
    handshake(Side.QUICK, Wire.losing(n -> n % 3 == 0), Wire.losing(n -> n % 3 == 1));
  }

  @Test
  void everyDatagramMayArriveTwice() {
    handshake(Side.QUICK.withMtu(SMALL_MTU), Wire.doubling(), Wire.doubling());
  }

  @Test
  void datagramsMayArriveInAnotherOrder() {
    handshake(
        Side.QUICK.withMtu(SMALL_MTU),
        Wire.swapping(n -> n % 2 == 1),
        Wire.swapping(n -> n % 3 == 1));
  }

  @Test
  void aLostLastFlightIsRepeatedWhenTheClientAsksAgain() {
    // Datagram 1 to the client is the server's Finished: the server is done, the client is not.
    handshake(Side.QUICK, Wire.perfect(), Wire.losing(n -> n == 1));
  }

  private static void handshake(DtlsSettings settings, Wire toServer, Wire toClient) {
    DtlsContext context = new DtlsContext(settings);
    Side[] sides = Side.pair(context, toServer, toClient);
    Side.start(sides);
    DtlsSrtpKeys client = sides[0].connected();
    DtlsSrtpKeys server = sides[1].connected();

    assertEquals(DtlsSrtpKeys.AEAD_AES_128_GCM, client.profileId());
    assertEquals(DtlsSrtpKeys.AEAD_AES_128_GCM, server.profileId());
    assertArrayEquals(client.localKey(), server.remoteKey());
    assertArrayEquals(client.localSalt(), server.remoteSalt());
    assertArrayEquals(client.remoteKey(), server.localKey());
    assertArrayEquals(client.remoteSalt(), server.localSalt());
    assertEquals(16, client.localKey().length);
    assertEquals(12, client.localSalt().length);
    assertFalse(Arrays.equals(client.localKey(), client.remoteKey()));
    assertEquals(0, context.handshakesInFlight());

    sides[0].close();
    sides[0].ended();
    sides[1].close();
    sides[1].ended();
    assertEquals(0, sides[0].untold() + sides[1].untold());
  }
}
