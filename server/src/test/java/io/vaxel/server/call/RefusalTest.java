package io.vaxel.server.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.media.sfu.SfuUsage;
import io.vaxel.signaling.proto.ClientMessage;
import io.vaxel.signaling.proto.Ping;
import io.vaxel.signaling.proto.Publish;
import io.vaxel.signaling.proto.ServerMessage;
import io.vaxel.signaling.proto.UpdateSubscriptions;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad requests get their documented error, change nothing, and leave nothing behind. */
// Set before each test.
@SuppressWarnings("NullAway.Init")
final class RefusalTest {
  @TempDir private Path data;

  private final String groupId = UUID.randomUUID().toString();
  private TestServer server;
  private SfuUsage before;
  private RawCaller caller;

  @BeforeEach
  void connect() throws Exception {
    server = TestServer.start(data);
    before = server.usage();
    caller = server.connect();
  }

  @AfterEach
  void nothingLeaks() throws Exception {
    caller.close();
    Leaks.awaitAsBefore(server, before);
    server.close();
  }

  private static void assertRefused(int subCode, ServerMessage answer) {
    assertTrue(answer.hasError(), answer::toString);
    assertEquals(subCode, answer.getError().getSubCode(), answer::toString);
    assertEquals(subCode / 100, answer.getError().getCode());
  }

  private void joined() throws Exception {
    assertTrue(caller.hello(server.newToken()).hasWelcome());
    assertTrue(caller.join(groupId).hasJoined());
  }

  private void stillAnswers() throws Exception {
    assertTrue(caller.ask(message -> message.setPing(Ping.getDefaultInstance())).hasPong());
  }

  @Test
  void aWrongToken() throws Exception {
    assertRefused(40102, caller.hello(server.newToken() + "x"));
    assertEquals(1008, caller.awaitClose());
  }

  @Test
  void aTokenOfAnotherServer() throws Exception {
    String foreign =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ4In0."
            + "dGhpcyBpcyBub3QgYSBzaWduYXR1cmUgb2Ygb3Vycw";
    assertRefused(40102, caller.hello(foreign));
    assertEquals(1008, caller.awaitClose());
  }

  @Test
  void anOversizedMessage() throws Exception {
    joined();
    caller.sendAsFarAsTaken(
        ClientMessage.newBuilder()
            .setRequestId(9)
            .setPublish(Publish.newBuilder().setSdp("x".repeat(300 * 1024)))
            .build()
            .toByteArray());
    assertRefused(41301, caller.await(ServerMessage::hasError));
    assertEquals(1009, caller.awaitClose());
  }

  @Test
  void anUnknownTrack() throws Exception {
    joined();
    assertRefused(
        40401,
        caller.ask(
            message ->
                message.setUpdateSubscriptions(
                    UpdateSubscriptions.newBuilder().addSubscribe("t404"))));
    stillAnswers();
  }

  @Test
  void aSecondJoinOnOneConnection() throws Exception {
    joined();
    assertRefused(40902, caller.join(groupId));
    assertRefused(40902, caller.join(UUID.randomUUID().toString()));
    stillAnswers();
  }

  @Test
  void anOfferThatIsNone() throws Exception {
    joined();
    assertRefused(
        40009, caller.ask(message -> message.setPublish(Publish.newBuilder().setSdp("v=1"))));
    stillAnswers();
  }

  @Test
  void anExpiredToken() throws Exception {
    assertRefused(40103, caller.hello(server.newExpiredToken()));
    assertEquals(1008, caller.awaitClose());
  }
}
