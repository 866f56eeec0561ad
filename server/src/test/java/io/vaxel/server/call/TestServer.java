package io.vaxel.server.call;

import io.vaxel.client.ClientMedia;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.TokenScope;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.media.sfu.SfuUsage;
import io.vaxel.server.VaxelServer;
import io.vaxel.server.config.ConfigLoader;
import io.vaxel.server.config.ServerConfig;
import io.vaxel.signaling.call.TelephoneNetwork;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server on free ports, and what its clients share. */
final class TestServer implements AutoCloseable {
  private final ServerConfig config;
  private final VaxelServer server;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ClientMedia media;

  private TestServer(ServerConfig config, VaxelServer server, ClientMedia media) {
    this.config = config;
    this.server = server;
    this.media = media;
  }

  static TestServer start(Path data) throws Exception {
    return start(data, Map.of(), new ClientMedia());
  }

  /** With more settings, and with clients whose media is {@code media}. */
  static TestServer start(Path data, Map<String, Object> settings, ClientMedia media)
      throws Exception {
    return start(data, settings, media, TelephoneNetwork.NONE);
  }

  static TestServer start(
      Path data, Map<String, Object> settings, ClientMedia media, TelephoneNetwork telephones)
      throws Exception {
    Map<String, Object> all =
        new HashMap<>(
            Map.of("data", data.toString(), "http.port", 0, "media.port", 0, "admin.port", 0));
    all.putAll(settings);
    ServerConfig config = new ConfigLoader().load(null, all);
    return new TestServer(config, VaxelServer.start(config, telephones), media);
  }

  VaxelServer server() {
    return server;
  }

  HttpClient http() {
    return http;
  }

  ClientMedia media() {
    return media;
  }

  String newToken() throws Exception {
    return newToken(server.identity());
  }

  private static String newToken(IdentityService identity) throws Exception {
    return identity
        .issueToken(identity.createUser(), EnumSet.of(TokenScope.VOIP), Duration.ofHours(1))
        .token();
  }

  /** A token that the same server made two hours ago, for one hour. */
  String newExpiredToken() throws Exception {
    try (Database database = Database.open(config.database())) {
      return newToken(
          new ControlPlane(
                  database,
                  ControlPlane.Settings.of(server.endpoint(), false),
                  InstantSource.offset(InstantSource.system(), Duration.ofHours(-2)))
              .identity());
    }
  }

  /** A client that has joined. */
  TestClient join(String groupId, String name) throws Exception {
    return TestClient.join(this, groupId, name, newToken());
  }

  RawCaller connect() throws Exception {
    return RawCaller.connect(http, server.localEndpoint());
  }

  SfuUsage usage() {
    return server.mediaUsage();
  }

  /** Waits until what clients have sent to their media loop is done. */
  void settleClients() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    media.loop().execute(done::countDown);
    if (!done.await(Until.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the clients' media loop does not answer");
    }
  }

  @Override
  public void close() {
    try {
      settleClients();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    server.close();
    http.shutdownNow(); // close() would wait for sockets that a test left open
    media.close();
  }
}
