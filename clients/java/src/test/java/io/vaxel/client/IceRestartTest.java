package io.vaxel.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaxel.media.sfu.SubscribeOffer;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.transport.Path;
import io.vaxel.media.transport.PeerTransport;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Media goes over to another path and nothing of it is lost. */
final class IceRestartTest {
  private static final int PACKETS = 60;

  private static @Nullable InetSocketAddress remote(MediaRig rig, PeerTransport transport)
      throws Exception {
    return rig.onServer(
        () -> {
          Path path = transport.selectedPath();
          return path == null ? null : path.remoteAddress();
        });
  }

  private static long restarts(MediaRig rig, PeerTransport transport) throws Exception {
    return rig.onServer(transport::iceRestarts);
  }

  private static void nothingIsMissing(MediaRig rig) throws Exception {
    rig.onClient(
        () -> {
          assertEquals(0, rig.heard(true).missing(), "packets of sound are missing");
          assertEquals(0, rig.heard(false).missing(), "packets of video are missing");
          assertEquals(0, rig.heard(true).holes());
          assertEquals(0, rig.heard(false).holes());
          return rig;
        });
  }

  private static void restartsBoth(MediaRig rig) throws Exception {
    rig.hears(PACKETS);
    InetSocketAddress publishedFrom = remote(rig, rig.publisher.transport());
    InetSocketAddress subscribedFrom = remote(rig, rig.subscriber.transport());

    rig.offer(rig.onClient(rig.publishing::restartOffer));
    rig.until(() -> rig.publishing.transport().restarts() == 1);
    rig.hears(PACKETS);
    assertEquals(1, restarts(rig, rig.publisher.transport()));
    assertNotEquals(publishedFrom, remote(rig, rig.publisher.transport()));
    assertEquals(subscribedFrom, remote(rig, rig.subscriber.transport()));
    nothingIsMissing(rig);

    rig.onServer(
        () -> {
          rig.subscriber.restartIce();
          return rig;
        });
    rig.answerOffer();
    rig.until(() -> rig.receiving.transport().restarts() == 1);
    rig.hears(PACKETS);
    assertEquals(1, restarts(rig, rig.subscriber.transport()));
    assertNotEquals(subscribedFrom, remote(rig, rig.subscriber.transport()));
    nothingIsMissing(rig);
  }

  @Test
  void bothConnectionsMoveWithoutALostPacket() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      restartsBoth(rig);
    }
  }

  @Test
  void connectionsOverTcpMoveToo() throws Exception {
    try (MediaRig rig = new MediaRig(ClientMedia.newOverTcp(), true)) {
      restartsBoth(rig);
    }
  }

  @Test
  void mediaGoesOnOverTheOldPathWhileARestartDoesNotComeAbout() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      InetSocketAddress before = remote(rig, rig.publisher.transport());
      String offer = rig.onClient(rig.publishing::restartOffer);
      rig.onServer(() -> rig.publisher.answer(offer, MediaRig.SOURCES));
      rig.hears(PACKETS);
      assertEquals(before, remote(rig, rig.publisher.transport()));
      assertEquals(0, restarts(rig, rig.publisher.transport()));
      rig.offer(rig.onClient(rig.publishing::restartOffer));
      rig.until(() -> rig.publishing.transport().restarts() == 1);
      rig.hears(PACKETS);
      nothingIsMissing(rig);
    }
  }

  @Test
  void anOfferThatIsRefusedRestartsNothing() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      IceCredentials before = rig.onServer(() -> rig.publisher.transport().localCredentials());
      String offer = rig.onClient(rig.publishing::restartOffer);
      assertThrows(
          ExecutionException.class,
          () -> rig.onServer(() -> rig.publisher.answer(offer, Map.of())));
      String otherCertificate =
          offer.replaceAll("a=fingerprint:.*", "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB");
      assertThrows(
          ExecutionException.class,
          () -> rig.onServer(() -> rig.publisher.answer(otherCertificate, MediaRig.SOURCES)));
      assertEquals(
          before, rig.onServer(() -> rig.publisher.transport().localCredentials()), "told nobody");
      rig.hears(PACKETS);
      assertEquals(0, restarts(rig, rig.publisher.transport()));
    }
  }

  @Test
  void anAnswerThatKeepsItsCredentialsInARestartIsRefused() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      IceCredentials before = rig.onClient(() -> rig.receiving.transport().local().ice());
      rig.onServer(
          () -> {
            rig.subscriber.restartIce();
            return rig;
          });
      SubscribeOffer offer = rig.onServer(rig.subscriber::nextOffer);
      String answer = rig.onClient(() -> rig.receiving.answer(offer.sdp(), Map.of()));
      String unchanged =
          answer
              .replaceAll("a=ice-ufrag:.*\r", "a=ice-ufrag:" + before.ufrag() + "\r")
              .replaceAll("a=ice-pwd:.*\r", "a=ice-pwd:" + before.password() + "\r");
      assertThrows(ExecutionException.class, () -> answer(rig, unchanged));
      answer(rig, answer);
    }
  }

  private static void answer(MediaRig rig, String sdp) throws Exception {
    rig.onServer(
        () -> {
          rig.subscriber.answer(sdp);
          return rig;
        });
  }
}
