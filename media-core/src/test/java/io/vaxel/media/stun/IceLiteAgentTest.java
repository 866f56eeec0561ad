package io.vaxel.media.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.packet.PacketBuffer;
import io.vaxel.media.stun.IceLiteAgent.Outcome;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class IceLiteAgentTest {
  private static final InetSocketAddress FROM = new InetSocketAddress("2001:db8::7", 40000);
  private static final long SECOND = 1_000_000_000L;

  private final IceCredentials local = IceCredentials.random(new Random(1));
  private final StunIntegrity signed = StunIntegrity.shortTerm(local.password());
  private final PacketBuffer request = PacketBuffer.allocate();
  private final PacketBuffer response = PacketBuffer.allocate();
  private final StunWriter writer = new StunWriter();
  private final IceLiteAgent agent = new IceLiteAgent(local, new StunWriter());

  IceLiteAgentTest() {
    agent.remoteUfrag("peer");
  }

  private Outcome handle(String username, StunIntegrity key, Consumer<StunWriter> attributes) {
    writer
        .begin(request, Stun.BINDING_REQUEST, 7, 8)
        .attribute(Stun.USERNAME, username.getBytes(StandardCharsets.US_ASCII));
    attributes.accept(writer);
    writer.integrity(key).fingerprint();
    return agent.handle(Messages.read(request), FROM, response, 5 * SECOND);
  }

  private Outcome check(String username, StunIntegrity key) {
    return handle(username, key, w -> w.priority(1).iceControlling(9));
  }

  private String username() {
    return local.ufrag() + ":peer";
  }

  private StunMessage answered(int errorCode, boolean isSigned) {
    StunMessage answer = Messages.read(response);
    assertEquals(Stun.BINDING_ERROR, answer.type());
    assertEquals(7, answer.transactionIdHigh());
    assertEquals(8, answer.transactionIdLow());
    assertEquals(errorCode, answer.errorCode());
    assertEquals(isSigned, signed.verifies(answer));
    assertFalse(agent.isConnected());
    assertEquals(1, agent.refusals());
    return answer;
  }

  @Test
  void answersARightCheckWithTheAddressItCameFrom() {
    assertEquals(Outcome.VALID, check(username(), signed));
    StunMessage answer = Messages.read(response);
    assertEquals(Stun.BINDING_SUCCESS, answer.type());
    assertEquals(7, answer.transactionIdHigh());
    assertEquals(8, answer.transactionIdLow());
    assertEquals(FROM, answer.xorMappedAddress());
    assertTrue(signed.verifies(answer));
    assertTrue(answer.has(Stun.FINGERPRINT));
    assertTrue(agent.isConnected());
  }

  @Test
  void reportsANomination() {
    assertEquals(
        Outcome.NOMINATED,
        handle(username(), signed, w -> w.priority(1).iceControlling(9).useCandidate()));
  }

  @Test
  void refusesAWrongPassword() {
    assertEquals(
        Outcome.WRONG_PASSWORD, check(username(), StunIntegrity.shortTerm("x".repeat(22))));
    answered(401, false);
  }

  @Test
  void refusesTheFragmentsOfAnotherSession() {
    assertEquals(Outcome.WRONG_USERNAME, check(local.ufrag() + ":else", signed));
    answered(401, false);
  }

  @Test
  void acceptsAnyRemoteFragmentUntilItIsKnown() {
    IceLiteAgent early = new IceLiteAgent(local, new StunWriter());
    check(local.ufrag() + ":else", signed);
    assertEquals(Outcome.VALID, early.handle(Messages.read(request), FROM, response, 0));
    check("elseelse:peer", signed);
    assertEquals(Outcome.WRONG_USERNAME, early.handle(Messages.read(request), FROM, response, 0));
  }

  @Test
  void refusesARequestWithoutCredentials() {
    writer.begin(request, Stun.BINDING_REQUEST, 7, 8).priority(1).iceControlling(9).fingerprint();
    assertEquals(Outcome.BAD_REQUEST, agent.handle(Messages.read(request), FROM, response, SECOND));
    answered(400, false);
  }

  @Test
  void refusesARequestWithoutARole() {
    assertEquals(Outcome.BAD_REQUEST, handle(username(), signed, w -> w.priority(1)));
    answered(400, false);
  }

  @Test
  void namesTheAttributesItDoesNotUnderstand() {
    assertEquals(
        Outcome.UNKNOWN_ATTRIBUTE,
        handle(
            username(),
            signed,
            w ->
                w.priority(1)
                    .iceControlling(9)
                    .attribute(0x7abc, new byte[5])
                    .attribute(0x7abd, new byte[0])));
    StunMessage answer = answered(420, true);
    int list = answer.attribute(Stun.UNKNOWN_ATTRIBUTES);
    assertEquals(4, answer.attributeLengthAt(list));
    assertEquals(0x7abc7abd, response.bytes().getInt(list));
  }

  @Test
  void sendsAPeerThatBelievesToBeControlledIntoTheOtherRole() {
    assertEquals(
        Outcome.ROLE_CONFLICT, handle(username(), signed, w -> w.priority(1).iceControlled(9)));
    answered(487, true);
  }

  @Test
  void saysNothingToIndicationsAndResponses() {
    response.length(99);
    writer.begin(request, Stun.BINDING_INDICATION, 7, 8).fingerprint();
    assertEquals(Outcome.IGNORED, agent.handle(Messages.read(request), FROM, response, SECOND));
    assertEquals(0, response.length());
    assertEquals(
        Outcome.IGNORED,
        agent.handle(
            Messages.read(Messages.packet(Messages.IPV4_RESPONSE)), FROM, response, SECOND));
    assertEquals(0, agent.refusals());
  }

  @Test
  void consentEndsThirtySecondsAfterTheLastRightCheck() {
    assertFalse(agent.consentExpired(1000 * SECOND));
    check(username(), signed);
    assertFalse(agent.consentExpired(35 * SECOND - 1));
    assertTrue(agent.consentExpired(35 * SECOND));
    check(username(), StunIntegrity.shortTerm("x".repeat(22)));
    assertEquals(5 * SECOND, agent.lastValidNanos());
  }

  @Test
  void refusesAFragmentThatTheDemultiplexerCouldNotFind() {
    IceCredentials odd = new IceCredentials("abcd", local.password());
    assertThrows(IllegalArgumentException.class, () -> new IceLiteAgent(odd, writer));
  }

  @Test
  void credentialsHideThePasswordAndKnowTheirAlphabet() {
    assertFalse(local.toString().contains(local.password()));
    assertThrows(IllegalArgumentException.class, () -> new IceCredentials("abc", local.password()));
    assertThrows(IllegalArgumentException.class, () -> new IceCredentials("abcd", "short"));
    assertThrows(
        IllegalArgumentException.class, () -> new IceCredentials("ab\r\n", local.password()));
  }
}
