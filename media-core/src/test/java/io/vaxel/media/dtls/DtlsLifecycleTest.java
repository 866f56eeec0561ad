package io.vaxel.media.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How associations end, and that nothing stays behind. */
class DtlsLifecycleTest {
  private final DtlsContext context = new DtlsContext(Side.QUICK);

  /** The thread ends just after the listener was told. */
  @AfterEach
  void nothingStaysBehind() {
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (context.liveAssociations() > 0) {
      assertTrue(deadline - System.nanoTime() > 0, "associations live on");
      LockSupport.parkNanos(100_000);
    }
    assertEquals(0, context.handshakesInFlight());
  }

  @Test
  void closingOneSideEndsTheOtherByCloseNotify() {
    Side[] sides = connectedPair(Wire.perfect(), Wire.perfect());
    sides[1].close();
    sides[1].ended();
    sides[0].ended();
  }

  @Test
  void closingTwiceIsHarmless() {
    Side[] sides = connectedPair(Wire.perfect(), Wire.perfect());
    sides[0].close();
    sides[0].close();
    sides[0].ended();
    sides[1].ended();
    sides[1].close();
    assertEquals(0, sides[0].untold() + sides[1].untold());
  }

  @Test
  void closingInTheMiddleOfAHandshakeEndsBothSides() {
    Wire toClient = Wire.losing(n -> true);
    Side[] sides = Side.pair(context, Wire.perfect(), toClient);
    Side.start(sides);
    toClient.awaitSent(1);
    assertEquals(2, context.liveAssociations());
    sides[0].close();
    sides[0].ended();
    sides[1].close();
    sides[1].ended();
  }

  @Test
  void aHandshakeGivenUpByOneSideFailsOnTheOther() {
    Wire toServer = Wire.losing(n -> true);
    Wire toClient = Wire.perfect();
    Side[] sides = Side.pair(context, toServer, toClient);
    Side.start(sides);
    toServer.awaitSent(1); // the client waits for an answer
    Side.join(sides[0], sides[1], Wire.losing(n -> true), toClient);
    assertTrue(sides[1].receive(toServer.sent().get(0)));
    toClient.awaitSent(1); // the server has answered and waits
    sides[1].close();
    sides[1].ended();
    assertEquals(DtlsFailure.Reason.PEER_ALERT, sides[0].failed().reason());
  }

  @Test
  void closingBeforeTheStartMeansNoStart() {
    Side side = Side.pair(context, Wire.perfect(), Wire.perfect())[0];
    side.close();
    side.association.start();
    assertEquals(0, context.liveAssociations());
    assertEquals(0, side.untold());
  }

  @Test
  void whatArrivesBeforeTheStartIsNotLost() {
    Wire toServer = Wire.perfect();
    Wire toClient = Wire.losing(n -> true);
    Side[] sides = Side.pair(context, toServer, toClient);
    sides[0].association.start();
    toServer.awaitSent(1);
    sides[0].close();
    sides[0].ended();
    sides[1].association.start();
    toClient.awaitSent(1); // the answer to a hello that came before
    sides[1].close();
    // The hello is followed by the client's alert, so either may come first.
    while (sides[1].untold() == 0) {
      LockSupport.parkNanos(100_000);
    }
  }

  @Test
  void theQueueIsBounded() {
    Side side = new Side(context, DtlsRole.SERVER, Identities.ONE, Identities.TWO.fingerprint(), 7);
    byte[] changeCipherSpec = {20, -2, -3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      taken += side.receive(changeCipherSpec) ? 1 : 0;
    }
    assertEquals(context.settings().queuedDatagrams(), taken);
    assertEquals(1000 - taken, context.datagramsOverflowed());
  }

  /** An alert in the clear could come from anybody; once there are keys it is not believed. */
  @Test
  void aForgedAlertDoesNotEndAnEstablishedAssociation() {
    Side[] sides = connectedPair(Wire.perfect(), Wire.perfect());
    for (int sequence = 0; sequence < 50; sequence++) {
      byte[] fatal = {21, -2, -3, 0, 0, 0, 0, 0, 0, 1, (byte) sequence, 0, 2, 2, 40};
      assertFalse(sides[1].receive(fatal));
    }
    sides[0].close();
    sides[0].ended();
    sides[1].ended(); // by the close_notify alone, after the forgeries
    assertEquals(50, context.datagramsFiltered());
  }

  @Test
  void aListenerThatThrowsLeavesNothingBehind() {
    DtlsAssociation association =
        new DtlsAssociation(
            context,
            DtlsRole.CLIENT,
            Identities.ONE,
            Identities.TWO.fingerprint(),
            Side.PROFILES,
            (datagram, offset, length) -> {
              throw new IllegalStateException("no network");
            },
            new DtlsListener() {
              @Override
              public void connected(DtlsSrtpKeys keys) {}

              @Override
              public void failed(DtlsFailure failure) {
                throw new IllegalStateException(failure.detail());
              }

              @Override
              public void closed() {}
            });
    association.start();
  }

  @Test
  void twoHundredHandshakesLeaveNothingBehind() {
    for (int round = 0; round < 10; round++) {
      List<Side[]> pairs = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Side[] pair = Side.pair(context, Wire.perfect(), Wire.perfect());
        Side.start(pair);
        pairs.add(pair);
      }
      for (Side[] pair : pairs) {
        pair[0].connected();
        pair[1].connected();
        pair[0].close();
        pair[0].ended();
        pair[1].ended();
      }
    }
  }

  private Side[] connectedPair(Wire toServer, Wire toClient) {
    Side[] sides = Side.pair(context, toServer, toClient);
    Side.start(sides);
    sides[0].connected();
    sides[1].connected();
    assertEquals(2, context.liveAssociations());
    return sides;
  }
}
