package io.vaxel.control.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.azure.communication.common.CommunicationIdentifier;
import com.azure.communication.common.CommunicationUserIdentifier;
import com.azure.communication.common.PhoneNumberIdentifier;
import com.azure.communication.rooms.RoomsClient;
import com.azure.communication.rooms.RoomsClientBuilder;
import com.azure.communication.rooms.models.CommunicationRoom;
import com.azure.communication.rooms.models.CreateRoomOptions;
import com.azure.communication.rooms.models.ParticipantRole;
import com.azure.communication.rooms.models.RoomParticipant;
import com.azure.communication.rooms.models.UpdateRoomOptions;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.rest.Response;
import com.azure.core.util.Context;
import io.vaxel.control.testing.Compatibility;
import io.vaxel.control.testing.StartedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

/** The official Java SDK against a started server. */
class RoomsJavaSdkTest {
  private static final String UNKNOWN = "10000000000000000";
  private static final HttpHeaderName ERROR_CODE = HttpHeaderName.fromString("x-ms-error-code");
  private static final HttpHeaderName REPEATED = HttpHeaderName.fromString("Repeatability-Result");

  static {
    // The SDK signs and sends the host without a port, which the JDK's client forbids by default.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  @TempDir private static Path folder;
  private static StartedServer server;
  private static HttpClient http;
  private static RoomsClient client;

  @BeforeAll
  static void start() throws Exception {
    server = new StartedServer(folder);
    http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder().sslContext(server.trusting()))
            .build();
    client =
        new RoomsClientBuilder()
            .connectionString(server.controlPlane().connectionString())
            .httpClient(http)
            .buildClient();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void passed(String operation) {
    Compatibility.passed("rooms", operation, RoomsClient.class);
  }

  private static CommunicationUserIdentifier user() {
    return new CommunicationUserIdentifier(server.controlPlane().identity().createUser());
  }

  private static OffsetDateTime inDays(int days) {
    return OffsetDateTime.now(ZoneOffset.UTC).plusDays(days).truncatedTo(ChronoUnit.MILLIS);
  }

  private static CommunicationRoom create() {
    return client.createRoom(new CreateRoomOptions());
  }

  private static void assertRefused(int status, String code, Runnable call) {
    HttpResponseException refusal = assertThrows(HttpResponseException.class, call::run);
    assertEquals(status, refusal.getResponse().getStatusCode());
    assertEquals(code, refusal.getResponse().getHeaderValue(ERROR_CODE));
  }

  private static Map<String, String> roles(String roomId) {
    Map<String, String> roles = new TreeMap<>();
    for (RoomParticipant one : client.listParticipants(roomId)) {
      roles.put(one.getCommunicationIdentifier().getRawId(), one.getRole().toString());
    }
    return roles;
  }

  @Test
  void createsARoom() {
    Response<CommunicationRoom> plain =
        client.createRoomWithResponse(new CreateRoomOptions(), Context.NONE);
    assertEquals(201, plain.getStatusCode());
    assertEquals("accepted", plain.getHeaders().getValue(REPEATED));
    CommunicationRoom room = plain.getValue();
    assertTrue(room.getRoomId().matches("\\d{17}"));
    assertEquals(Duration.ofDays(180), Duration.between(room.getValidFrom(), room.getValidUntil()));
    assertTrue(Duration.between(room.getCreatedAt(), inDays(0)).abs().toMinutes() < 1);

    CommunicationUserIdentifier presenter = user();
    CommunicationUserIdentifier attendee = user();
    OffsetDateTime from = inDays(1);
    OffsetDateTime until = inDays(2);
    CommunicationRoom full =
        client.createRoom(
            new CreateRoomOptions()
                .setValidFrom(from)
                .setValidUntil(until)
                .setParticipants(
                    List.of(
                        new RoomParticipant(presenter).setRole(ParticipantRole.PRESENTER),
                        new RoomParticipant(attendee))));
    assertEquals(from, full.getValidFrom());
    assertEquals(until, full.getValidUntil());
    assertEquals(
        Map.of(presenter.getRawId(), "Presenter", attendee.getRawId(), "Attendee"),
        roles(full.getRoomId()));
    passed("createRoom");
  }

  @Test
  void isToldWhyARoomCannotBe() {
    for (CreateRoomOptions bad :
        List.of(
            new CreateRoomOptions().setValidFrom(inDays(2)).setValidUntil(inDays(1)),
            new CreateRoomOptions().setValidUntil(inDays(-1)),
            new CreateRoomOptions().setValidFrom(inDays(0)).setValidUntil(inDays(181)),
            new CreateRoomOptions()
                .setParticipants(
                    List.of(new RoomParticipant(new CommunicationUserIdentifier("8:acs:a_b")))))) {
      assertRefused(400, "BadRequest", () -> client.createRoom(bad));
    }
  }

  @Test
  void aLostAnswerIsAskedForAgainAndMakesNoSecondRoom() {
    AtomicInteger sent = new AtomicInteger();
    RoomsClient unlucky =
        new RoomsClientBuilder()
            .connectionString(server.controlPlane().connectionString())
            .httpClient(
                request ->
                    http.send(request)
                        .flatMap(HttpResponse::getBodyAsString)
                        .flatMap(
                            answer ->
                                sent.incrementAndGet() == 1
                                    ? Mono.error(new IOException("lost: " + answer))
                                    : http.send(request)))
            .buildClient();
    int before = rooms();
    unlucky.createRoom(new CreateRoomOptions());
    assertTrue(sent.get() > 1, "the SDK did not try again");
    assertEquals(before + 1, rooms());
  }

  private static int rooms() {
    return (int) client.listRooms().stream().count();
  }

  @Test
  void getsARoom() {
    CommunicationRoom room = create();
    CommunicationRoom got = client.getRoom(room.getRoomId());
    assertEquals(room.getValidUntil(), got.getValidUntil());
    assertEquals(room.getCreatedAt(), got.getCreatedAt());
    assertRefused(404, "NotFound", () -> client.getRoom(UNKNOWN));
    assertRefused(400, "BadRequest", () -> client.getRoom("nonsense"));
    passed("getRoom");
  }

  @Test
  void updatesARoom() {
    String id = create().getRoomId();
    OffsetDateTime from = inDays(1);
    OffsetDateTime until = inDays(3);
    CommunicationRoom updated =
        client.updateRoom(id, new UpdateRoomOptions().setValidFrom(from).setValidUntil(until));
    assertEquals(from, updated.getValidFrom());
    assertEquals(until, client.getRoom(id).getValidUntil());
    assertRefused(
        400,
        "BadRequest",
        () ->
            client.updateRoom(id, new UpdateRoomOptions().setValidFrom(until).setValidUntil(from)));
    assertRefused(404, "NotFound", () -> client.updateRoom(UNKNOWN, new UpdateRoomOptions()));
    passed("updateRoom");
  }

  @Test
  void deletesARoom() {
    String id = create().getRoomId();
    assertEquals(204, client.deleteRoomWithResponse(id, Context.NONE).getStatusCode());
    assertRefused(404, "NotFound", () -> client.getRoom(id));
    assertRefused(404, "NotFound", () -> client.deleteRoom(id));
    passed("deleteRoom");
  }

  @Test
  void listsRoomsOverSeveralPages() {
    Set<String> made = new HashSet<>();
    IntStream.range(0, 105).forEach(_ -> made.add(create().getRoomId()));
    List<String> listed = client.listRooms().stream().map(CommunicationRoom::getRoomId).toList();
    assertTrue(listed.containsAll(made));
    assertEquals(new HashSet<>(listed).size(), listed.size());
    passed("listRooms");
  }

  @Test
  void invitesUsersChangesRolesAndTakesUsersOff() {
    CommunicationUserIdentifier first = user();
    CommunicationUserIdentifier second = user();
    String id =
        client
            .createRoom(
                new CreateRoomOptions().setParticipants(List.of(new RoomParticipant(first))))
            .getRoomId();
    client.addOrUpdateParticipants(
        id,
        List.of(
            new RoomParticipant(first).setRole(ParticipantRole.PRESENTER),
            new RoomParticipant(second).setRole(ParticipantRole.CONSUMER)));
    assertEquals(Map.of(first.getRawId(), "Presenter", second.getRawId(), "Consumer"), roles(id));
    passed("addOrUpdateParticipants");

    List<CommunicationIdentifier> gone = List.of(first, user());
    client.removeParticipants(id, gone);
    assertEquals(Map.of(second.getRawId(), "Consumer"), roles(id));
    passed("removeParticipants");

    assertRefused(
        400,
        "BadRequest",
        () ->
            client.addOrUpdateParticipants(
                id, List.of(new RoomParticipant(new PhoneNumberIdentifier("+14255550123")))));
    assertRefused(
        404,
        "NotFound",
        () -> client.addOrUpdateParticipants(UNKNOWN, List.of(new RoomParticipant(first))));
    assertRefused(404, "NotFound", () -> client.removeParticipants(UNKNOWN, gone));
    assertEquals(Map.of(second.getRawId(), "Consumer"), roles(id));
  }

  @Test
  void listsParticipantsOverSeveralPages() {
    List<RoomParticipant> many =
        Stream.generate(() -> new RoomParticipant(user())).limit(105).toList();
    String id = client.createRoom(new CreateRoomOptions().setParticipants(many)).getRoomId();
    assertEquals(105, roles(id).size());
    assertRefused(404, "NotFound", () -> roles(UNKNOWN));
    passed("listParticipants");
  }

  @Test
  void aWrongKeyIsDenied() {
    RoomsClient stranger =
        new RoomsClientBuilder()
            .endpoint(
                server.controlPlane().connectionString().replaceFirst("endpoint=(.*?);.*", "$1"))
            .credential(new AzureKeyCredential("AAECAwQFBgc="))
            .httpClient(http)
            .buildClient();
    assertRefused(401, "Denied", () -> stranger.createRoom(new CreateRoomOptions()));
  }
}
