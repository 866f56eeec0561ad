package io.vaxel.media.stun;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.IceControllingAgent.State;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IceControllingAgentTest {
  private static final long MS = 1_000_000L;
  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.9", 50000);
  private static final IceCandidate UDP =
      IceCandidate.udpHost(new InetSocketAddress("192.0.2.1", 10000), 65535);
  private static final IceCandidate UDP6 =
      IceCandidate.udpHost(new InetSocketAddress("2001:db8::1", 10000), 65534);
  private static final IceCandidate TCP =
      IceCandidate.tcpPassiveHost(new InetSocketAddress("192.0.2.1", 10000), 65535);

  private final Random random = new Random(3);
  private final IceCredentials local = IceCredentials.random(random);
  private final IceCredentials remote = IceCredentials.random(random);
  private final PacketBuffer request = PacketBuffer.allocate();
  private final PacketBuffer response = PacketBuffer.allocate();
  private final IceLiteAgent server = new IceLiteAgent(remote, new StunWriter());
  private long now = -5 * MS; // nanoTime may be negative and pass zero

  IceControllingAgentTest() {
    server.remoteUfrag(local.ufrag());
  }

  private IceControllingAgent agent(IceCandidate... candidates) {
    return new IceControllingAgent(
        local, remote, List.of(candidates), random, new StunWriter(), now);
  }

  /** Lets the server answer what lies in {@link #request} and gives the answer to the agent. */
  private boolean serverAnswers(IceControllingAgent agent, IceCandidate at) {
    server.handle(Messages.read(request), CLIENT, response, now);
    return agent.receive(Messages.read(response), at, now);
  }

  private void connect(IceControllingAgent agent, IceCandidate candidate) {
    assertEquals(candidate, agent.poll(now, request));
    assertTrue(serverAnswers(agent, candidate));
    assertEquals(candidate, agent.poll(now, request));
    assertTrue(serverAnswers(agent, candidate));
    assertEquals(State.CONNECTED, agent.state());
  }

  /** The times, in ms from now, at which something is sent until {@code untilMs}. */
  private List<Long> sendTimes(IceControllingAgent agent, long untilMs) {
    List<Long> times = new ArrayList<>();
    long start = now;
    while (now - start <= untilMs * MS) {
      @Nullable IceCandidate to = agent.poll(now, request);
      if (to != null) {
        times.add((now - start) / MS);
      } else {
        long next = agent.nextPollNanos(now);
        assertNotEquals(now, next, "asked again at once though nothing was due");
        now = next;
      }
    }
    now = start + untilMs * MS;
    return times;
  }

  @Test
  void checksThenNominatesThenIsConnected() {
    IceControllingAgent agent = agent(UDP);
    assertEquals(UDP, agent.poll(now, request));
    StunMessage check = Messages.read(request);
    assertFalse(check.has(Stun.USE_CANDIDATE));
    assertTrue(check.has(Stun.ICE_CONTROLLING));
    assertNull(agent.poll(now, PacketBuffer.allocate()));
    assertTrue(serverAnswers(agent, UDP));
    assertEquals(State.CHECKING, agent.state());

    assertEquals(UDP, agent.poll(now, request));
    assertTrue(Messages.read(request).has(Stun.USE_CANDIDATE));
    assertEquals(
        IceLiteAgent.Outcome.NOMINATED,
        server.handle(Messages.read(request), CLIENT, response, now));
    assertTrue(agent.receive(Messages.read(response), UDP, now));
    assertEquals(State.CONNECTED, agent.state());
    assertEquals(UDP, agent.selected());
  }

  @Test
  void pacesCandidatesBestFirst() {
    IceControllingAgent agent = agent(TCP, UDP6, UDP);
    List<IceCandidate> order = new ArrayList<>();
    long start = now;
    while (order.size() < 3) {
      IceCandidate to = agent.poll(now, request);
      if (to != null) {
        assertEquals(start + order.size() * 50L * MS, now);
        order.add(to);
      } else {
        now = agent.nextPollNanos(now);
      }
    }
    assertEquals(List.of(UDP, UDP6, TCP), order);
  }

  @Test
  void repeatsUdpRequestsByTheScheduleOfRfc8489AndGivesUp() {
    IceControllingAgent agent = agent(UDP);
    assertEquals(List.of(0L, 500L, 1500L, 3500L, 7500L, 15500L, 31500L), sendTimes(agent, 39_000));
    assertEquals(State.CHECKING, agent.state());
    assertEquals(List.of(), sendTimes(agent, 600));
    assertEquals(State.FAILED, agent.state());
  }

  @Test
  void repeatsWithTheSameTransaction() {
    IceControllingAgent agent = agent(UDP);
    agent.poll(now, request);
    byte[] first = request.toByteArray();
    now += 500 * MS;
    assertEquals(UDP, agent.poll(now, request));
    assertArrayEquals(first, request.toByteArray());
  }

  @Test
  void sendsOnceOverTcp() {
    assertEquals(List.of(0L), sendTimes(agent(TCP), 39_000));
  }

  @Test
  void waitsALittleForABetterCandidateThenTakesWhatWorks() {
    IceControllingAgent agent = agent(UDP, TCP);
    agent.poll(now, request); // UDP, lost
    now = agent.nextPollNanos(now);
    assertEquals(TCP, agent.poll(now, request));
    long success = now;
    assertTrue(serverAnswers(agent, TCP));
    IceCandidate nominated;
    do {
      now = agent.nextPollNanos(now);
      nominated = agent.poll(now, request);
    } while (!TCP.equals(nominated));
    assertEquals(success + 600 * MS, now);
    assertTrue(Messages.read(request).has(Stun.USE_CANDIDATE));
    assertTrue(serverAnswers(agent, TCP));
    assertEquals(TCP, agent.selected());
  }

  @Test
  void takesTheNextBestWhenTheNominationIsRefused() {
    IceControllingAgent agent = agent(UDP, UDP6);
    agent.poll(now, request);
    PacketBuffer first = Messages.packet(request.toByteArray());
    now += 50 * MS;
    assertEquals(UDP6, agent.poll(now, request));
    assertTrue(serverAnswers(agent, UDP6));
    request.copyFrom(first);
    assertTrue(serverAnswers(agent, UDP));
    assertEquals(UDP, agent.poll(now, request)); // nominates the better one
    agent.unreachable(UDP);
    assertEquals(UDP6, agent.poll(now, request));
    assertTrue(serverAnswers(agent, UDP6));
    assertEquals(UDP6, agent.selected());
  }

  @Test
  void believesOnlyWhatThePeerSignedForAQuestionAskedThere() {
    IceControllingAgent agent = agent(UDP, UDP6);
    agent.poll(now, request);
    assertFalse(agent.receive(Messages.read(Messages.packet(Messages.IPV4_RESPONSE)), UDP, now));
    server.handle(Messages.read(request), CLIENT, response, now);
    assertFalse(agent.receive(Messages.read(response), UDP6, now), "from elsewhere");
    StunMessage asked = Messages.read(request);
    new StunWriter()
        .begin(response, Stun.BINDING_SUCCESS, asked.transactionIdHigh(), asked.transactionIdLow())
        .xorMappedAddress(CLIENT)
        .integrity(StunIntegrity.shortTerm("y".repeat(22)))
        .fingerprint();
    assertFalse(agent.receive(Messages.read(response), UDP, now), "signed by somebody else");
    assertTrue(serverAnswers(agent, UDP));
  }

  @Test
  void failsWhenThePeerRefuses() {
    IceLiteAgent stranger = new IceLiteAgent(IceCredentials.random(random), new StunWriter());
    IceControllingAgent agent = agent(UDP);
    agent.poll(now, request);
    stranger.handle(Messages.read(request), CLIENT, response, now);
    assertTrue(agent.receive(Messages.read(response), UDP, now));
    assertEquals(State.FAILED, agent.state());
  }

  @Test
  void failsAtOnceWithoutAUsableCandidate() {
    IceCandidate hidden =
        new IceCandidate(
            "1", 1, IceCandidate.Transport.UDP, 1, "a.local", 5, IceCandidate.Type.HOST, null);
    assertEquals(State.FAILED, agent(hidden).state());
    assertEquals(State.FAILED, agent().state());
  }

  @Test
  void asksForConsentEveryFourToSixSeconds() {
    IceControllingAgent agent = agent(UDP);
    connect(agent, UDP);
    Set<Long> transactions = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      long before = now;
      now = agent.nextPollNanos(now);
      long gap = now - before;
      assertTrue(gap >= 4000 * MS && gap <= 6000 * MS, "gap " + gap);
      assertEquals(UDP, agent.poll(now, request));
      assertFalse(Messages.read(request).has(Stun.USE_CANDIDATE));
      transactions.add(Messages.read(request).transactionIdLow());
      assertTrue(serverAnswers(agent, UDP));
    }
    assertEquals(50, transactions.size());
    assertEquals(State.CONNECTED, agent.state());
  }

  @Test
  void failsThirtySecondsAfterTheLastAnswer() {
    IceControllingAgent agent = agent(UDP);
    connect(agent, UDP);
    int sent = sendTimes(agent, 29_999).size();
    assertTrue(sent >= 5 && sent <= 7, "sent " + sent);
    assertEquals(State.CONNECTED, agent.state());
    now += 2 * MS;
    assertNull(agent.poll(now, request));
    assertEquals(State.FAILED, agent.state());
  }

  @Test
  void aLateAnswerToAnEarlierConsentCheckCounts() {
    IceControllingAgent agent = agent(UDP);
    connect(agent, UDP);
    now = agent.nextPollNanos(now);
    agent.poll(now, request);
    PacketBuffer early = Messages.packet(request.toByteArray());
    now = agent.nextPollNanos(now);
    agent.poll(now, request);
    request.copyFrom(early);
    assertTrue(serverAnswers(agent, UDP));
  }

  @Test
  void losesItsPathWithTheTcpConnection() {
    IceControllingAgent agent = agent(TCP);
    connect(agent, TCP);
    agent.unreachable(TCP);
    assertEquals(State.FAILED, agent.state());
  }
}
