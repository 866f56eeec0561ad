package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.embedded.EmbeddedChannel;
import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.IceCredentials;
import io.vaxel.media.stun.IceLiteAgent;
import io.vaxel.media.stun.StunMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an ICE restart keeps, what it replaces, and when. */
final class IceSessionsTest {
  private static final long SECOND = 1_000_000_000L;

  private final PeerTransportRig rig;
  private final PacketBuffer response = PacketBuffer.allocate();
  private final List<EmbeddedChannel> channels = new ArrayList<>();

  // Opened on the rig's loop by every test.
  @SuppressWarnings("NullAway.Init")
  private IceSessions sessions;

  private long now = 1000 * SECOND;

  IceSessionsTest() throws Exception {
    rig = new PeerTransportRig();
  }

  @AfterEach
  void close() throws Exception {
    rig.close();
  }

  /** What a test does, on the loop. */
  @FunctionalInterface
  private interface Steps {
    void run() throws Exception;
  }

  private void onLoop(Steps steps) throws Exception {
    rig.onLoop(
        () -> {
          sessions = new IceSessions(rig.port, rig.transport);
          sessions.remoteUfrag("peer");
          steps.run();
          return null;
        });
  }

  private TcpPath path() {
    EmbeddedChannel channel = rig.channel();
    channels.add(channel);
    return PeerTransportRig.path(channel, channels.size());
  }

  private boolean check(Path path, IceCredentials server, boolean nominating) {
    PacketBuffer packet = rig.check(server, nominating);
    StunMessage message = new StunMessage();
    assertTrue(message.wrap(packet.bytes(), 0, packet.length()));
    return sessions.check(path, message, response, now);
  }

  /** Restarts as an exchange of descriptions does; the new credentials. */
  private IceCredentials restart() {
    IceCredentials fresh = sessions.restart(now);
    sessions.remoteUfrag("peer");
    return fresh;
  }

  private boolean isOpen(int channel) {
    return channels.get(channel).isOpen();
  }

  @Test
  void theOldPathIsUsedUntilANewOneIsNominated() throws Exception {
    onLoop(
        () -> {
          TcpPath before = path();
          TcpPath after = path();
          IceCredentials first = sessions.localCredentials();
          check(before, first, true);
          IceCredentials second = restart();
          assertNotEquals(first.ufrag(), second.ufrag());
          assertNotEquals(first.password(), second.password());
          assertSame(before, sessions.selected());
          assertTrue(check(after, second, false), "the new path works");
          assertSame(before, sessions.selected(), "it has not been nominated");
          assertTrue(check(before, first, false), "the old path has consent still");
          assertEquals(0, sessions.restarts());
          assertTrue(check(after, second, true));
          assertSame(after, sessions.selected());
          assertEquals(1, sessions.restarts());
        });
  }

  @Test
  void whatIsOnItsWayOverTheOldPathHasThreeSeconds() throws Exception {
    onLoop(
        () -> {
          check(path(), sessions.localCredentials(), true);
          TcpPath after = path();
          check(after, restart(), true);
          now += 3 * SECOND - 1;
          sessions.sweep(now);
          assertTrue(isOpen(0));
          now += 1;
          sessions.sweep(now);
          assertFalse(isOpen(0));
          assertTrue(isOpen(1));
          assertSame(after, sessions.selected());
        });
  }

  @Test
  void theOldCredentialsEndWithTheNomination() throws Exception {
    onLoop(
        () -> {
          IceCredentials first = sessions.localCredentials();
          check(path(), first, true);
          long unknown = rig.port.unknownFragments();
          IceCredentials second = restart();
          rig.port.receivedStun(path(), rig.check(first, true));
          assertEquals(unknown, rig.port.unknownFragments(), "both are known meanwhile");
          check(path(), second, true);
          rig.port.receivedStun(path(), rig.check(first, true));
          assertEquals(unknown + 1, rig.port.unknownFragments());
        });
  }

  @Test
  void aPathThatServesAgainIsNotReleased() throws Exception {
    onLoop(
        () -> {
          TcpPath same = path();
          check(same, sessions.localCredentials(), true);
          check(same, restart(), true);
          now += 10 * SECOND;
          sessions.sweep(now);
          assertTrue(isOpen(0));
          assertSame(same, sessions.selected());
        });
  }

  @Test
  void lostConsentCountsAgainWhenTheRestartHasHadItsTime() throws Exception {
    onLoop(
        () -> {
          check(path(), sessions.localCredentials(), true);
          now += 20 * SECOND;
          restart();
          long until = now + IceSessions.RESTART_NANOS;
          now += 10 * SECOND;
          assertFalse(sessions.consentExpired(now));
          assertNull(sessions.selected(), "without consent nothing is sent, RFC 7675 section 5.1");
          now = until - 1;
          assertFalse(sessions.consentExpired(now));
          now = until;
          assertTrue(sessions.consentExpired(now));
        });
  }

  @Test
  void aPathThatIsOnlyVerifiedServesWhenTheOldOneIsGone() throws Exception {
    onLoop(
        () -> {
          TcpPath before = path();
          check(before, sessions.localCredentials(), true);
          IceCredentials second = restart();
          sessions.closed(before);
          assertNull(sessions.selected());
          TcpPath after = path();
          check(after, second, false);
          assertSame(after, sessions.selected());
          assertEquals(0, sessions.restarts());
        });
  }

  @Test
  void aRestartWithoutLossOfConsentLeavesConsentAlone() throws Exception {
    onLoop(
        () -> {
          check(path(), sessions.localCredentials(), true);
          check(path(), restart(), true);
          now += IceLiteAgent.CONSENT_NANOS - 1;
          assertFalse(sessions.consentExpired(now));
          now += 1;
          assertTrue(sessions.consentExpired(now));
        });
  }

  @Test
  void manyRestartsHoldFewPaths() throws Exception {
    onLoop(
        () -> {
          for (int i = 0; i < 20; i++) {
            IceCredentials credentials = restart();
            check(path(), credentials, false);
            check(path(), credentials, true);
          }
          assertTrue(channels.stream().filter(EmbeddedChannel::isOpen).count() <= 4);
          IceCredentials abandoned = restart();
          check(path(), abandoned, false);
          int last = channels.size() - 1;
          assertTrue(isOpen(last));
          restart();
          assertFalse(isOpen(last), "who restarts again gives up the paths of before");
          sessions.close();
          assertEquals(0, channels.stream().filter(EmbeddedChannel::isOpen).count());
        });
  }
}
