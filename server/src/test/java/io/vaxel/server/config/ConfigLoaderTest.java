package io.vaxel.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.event.EventSchema;
import io.vaxel.common.oidc.IssuerSettings;
import io.vaxel.control.ServiceSettings;
import io.vaxel.control.events.EventSettings;
import io.vaxel.signaling.call.CallTimeouts;
import io.vaxel.signaling.connection.SessionLimits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigLoaderTest {
  @TempDir private Path folder;

  private ServerConfig load(String yaml, Map<String, Object> options) throws Exception {
    Path file = folder.resolve("vaxel.yaml");
    Files.writeString(file, yaml);
    return new ConfigLoader().load(file, options);
  }

  @Test
  void theReferenceAloneIsAWholeConfiguration() throws Exception {
    ServerConfig config = new ConfigLoader().load(null, Map.of());
    assertEquals(8443, config.http().port());
    assertEquals(4 << 20, config.http().limits().toHttpLimits().maxBodyBytes());
    assertEquals(Duration.ofSeconds(10), config.http().limits().headerTime());
    assertEquals("jdbc:sqlite:vaxel-data/vaxel.db", config.database().url());
    assertEquals(URI.create("https://localhost:8443/"), config.endpoint(8443));
  }

  @Test
  void theReferenceIsWhatTheServicesTakeByDefault() throws Exception {
    ServerConfig config = new ConfigLoader().load(null, Map.of());
    assertEquals(
        ServiceSettings.defaults(),
        new ServiceSettings(
            config.rooms().keepAfterEnd(),
            config.phoneNumbers().toLimits(),
            config.limits().toRateLimits()));
  }

  @Test
  void theReferenceIsWhatCallsAndTheirSessionsTakeByDefault() throws Exception {
    ServerConfig config = new ConfigLoader().load(null, Map.of());
    assertEquals(CallTimeouts.defaults(), config.calls().timeouts().toCallTimeouts());
    SessionLimits limits = SessionLimits.defaults();
    ServerConfig.Sessions sessions = config.signaling().sessions();
    assertEquals(limits.sessions(), sessions.count());
    assertEquals(limits.messages(), sessions.messages());
    assertEquals(limits.bytes(), sessions.bytes().bytes());
    assertEquals(limits.memory(), sessions.memory().bytes());
  }

  @Test
  void timeoutsOfCallsAreSetOneByOne() throws Exception {
    CallTimeouts timeouts =
        load("calls: {timeouts: {reconnect: 100ms, promotion: 1h}}", Map.of())
            .calls()
            .timeouts()
            .toCallTimeouts();
    assertEquals(Duration.ofMillis(100), timeouts.reconnect());
    assertEquals(Duration.ofHours(1), timeouts.promotion());
    assertEquals(CallTimeouts.defaults().transfer(), timeouts.transfer());
  }

  @Test
  void theFileWinsOverTheReferenceAndOptionsOverTheFile() throws Exception {
    ServerConfig config =
        load("http:\n  port: 1000\n  limits:\n    body: 1MiB\n", Map.of("http.port", 2000));
    assertEquals(2000, config.http().port());
    assertEquals(1 << 20, config.http().limits().body().bytes());
    assertEquals(10_000, config.media().port());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http: {prot: 1}|http.prot",
        "htp: {port: 1}|htp",
        "http: {limits: {bodies: 1}}|http.limits.bodies",
        "http: {port: 70000}|http",
        "http: {port: many}|http.port",
        "http: 5|http",
        "http: {limits: {header-time: 10}}|http.limits.header-time",
        "http: {limits: {body: 4 apples}}|http.limits.body",
        "limits: {caller: fast}|limits",
        "limits: {operations: {rooms-write: 1/1d}}|limits",
        "limits: {operations: {nonsense: 1/1s}}|limits.operations.nonsense",
        "public: {advertise: [not a name]}|public",
        "public: {endpoint: 'http://plain/'}|public",
        "media: {udp: false, tcp: false}|media",
        "http: {certificate: chain.pem}|http",
        "storage: {connections: 1}|storage",
        "events: {subscriptions: [{resource: default, name: app}]}|endpoint",
        "events: {subscriptions: [{resource: default, name: app, endpoint: 'http://h/'}]}|endpoint",
        "events: {subscriptions: [{resources: default}]}|resources",
        "storage: {statement-time: 10ms}|statement-time",
        "public: {domain: 10.0.0.1}|public",
        "public: {domain: 'a b'}|public",
        "resources: {per-host: 0}|resources",
        "issuers: [{issuer: 'https://a.example', audience: [x]}]|audience",
        "issuers: [{issuer: 'http://a.example', audiences: [x]}]|issuers",
        "issuers: [{audiences: [x]}]|issuer",
        "issuers: [{issuer: 'https://a.example', audiences: x}]|audiences",
        "calls: {timeouts: {reconnect: 99ms}}|reconnect",
        "calls: {timeouts: {pstn-call-setup: 61m}}|pstn-call-setup",
        "calls: {timeouts: {ringing: 1s}}|ringing",
        "signaling: {devices-per-user: 0}|devices-per-user",
        "signaling: {sessions: {count: -1}}|count",
        "signaling: {sessions: {messages: 0}}|messages",
        "signaling: {sessions: {bytes: 100KiB}}|sessions.bytes",
        "- list|settings",
        "a: b: c|YAML"
      })
  void whatCannotBeUsedIsNamed(String yaml, String named) {
    ConfigException e = assertThrows(ConfigException.class, () -> load(yaml, Map.of()));
    assertTrue(String.valueOf(e.getMessage()).contains(named), e.getMessage());
  }

  @Test
  void aSubscriptionHasTheDefaultsOfEventGrid() throws Exception {
    ServerConfig config =
        load(
            "events: {subscriptions: [{resource: default, name: app, endpoint: 'https://h/e',"
                + " header-name: X-Key, header-value: hush, max-attempts: 3}]}",
            Map.of());
    EventSettings.Configured app = config.events().toSettings().subscriptions().getFirst();
    assertEquals("default/app", app.resource() + "/" + app.name());
    assertEquals(3, app.spec().maxAttempts());
    assertEquals(1440, app.spec().ttlMinutes());
    assertEquals(EventSchema.EVENT_GRID, app.spec().schema());
    assertFalse(config.toString().contains("hush"));
  }

  @Test
  void thePasswordOfTheDatabaseIsNotQuoted() throws Exception {
    ServerConfig config =
        load("storage: {url: 'jdbc:postgresql://h/d?password=hush', password: hush}", Map.of());
    assertEquals("hush", config.database().password());
    assertFalse((config + " " + config.database()).contains("hush"));
    ConfigException e =
        assertThrows(
            ConfigException.class,
            () -> load("storage: {password: hush, connections: 5000}", Map.of()));
    assertFalse(String.valueOf(e.getMessage()).contains("hush"), e.getMessage());
  }

  @Test
  void anEmptyFileChangesNothing() throws Exception {
    assertEquals(8443, load("# nothing\n", Map.of()).http().port());
  }

  @Test
  void advertisedNamesMakeTheEndpointAndAddressesGoToMedia() throws Exception {
    ServerConfig config =
        load("", Map.of("public.advertise", List.of("203.0.113.7:40000", "calls.example.com")));
    assertEquals(URI.create("https://calls.example.com:8443/"), config.endpoint(8443));
    assertEquals(List.of("203.0.113.7:40000"), config.mediaAddresses());
    ServerConfig sixth = load("", Map.of("public.advertise", List.of("2001:db8::7")));
    assertEquals(URI.create("https://[2001:db8::7]/"), sixth.endpoint(443));
  }

  @Test
  void issuersAreReadWithWhatTheyLeaveOut() throws Exception {
    ServerConfig config =
        load(
            "issuers: [{issuer: 'https://a.example', audiences: [x], data-roles: [r]}]",
            Map.of("public.domain", "ACS.example.com"));
    IssuerSettings issuer = config.resourceSettings().issuers().getFirst();
    assertEquals("https://a.example", issuer.issuer());
    assertEquals("roles", issuer.rolesClaim());
    assertEquals(Set.of("r"), issuer.dataRoles());
    assertEquals(Set.of(), issuer.operatorRoles());
    assertEquals("acs.example.com", config.resourceSettings().domain());
    assertEquals(64, config.resourceSettings().perHost());
  }
}
