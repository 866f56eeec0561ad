package io.vaxel.server.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.vaxel.common.http.HttpLimits;
import io.vaxel.common.limit.Rate;
import io.vaxel.common.limit.RateLimits;
import io.vaxel.common.storage.StorageSettings;
import io.vaxel.common.tls.ServerNames;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.events.EventSettings;
import io.vaxel.control.phonenumbers.PhoneNumberLimits;
import io.vaxel.signaling.call.CallTimeouts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All settings of a server. What each means, its unit and its default is said in {@code
 * reference.yaml}, whose keys are the names here.
 */
public record ServerConfig(
    Path data,
    boolean development,
    Http http,
    @JsonProperty("public") Public publicAddress,
    Storage storage,
    Rooms rooms,
    RequestLimits limits,
    Resources resources,
    List<Issuer> issuers,
    Events events,
    PhoneNumbers phoneNumbers,
    Media media,
    Admin admin,
    Signaling signaling,
    Calls calls) {
  public ServerConfig {
    issuers = List.copyOf(issuers);
  }

  /** The one TCP port. */
  public record Http(
      String address,
      int port,
      String certificate,
      String key,
      List<String> corsOrigins,
      Limits limits) {
    public Http {
      Ports.check(port);
      if (certificate.isEmpty() != key.isEmpty()) {
        throw new IllegalArgumentException("certificate and key are set together or not at all");
      }
      corsOrigins = List.copyOf(corsOrigins);
    }

    /** Whether the operator brought a certificate. */
    public boolean hasOwnCertificate() {
      return !certificate.isEmpty();
    }
  }

  /** What a caller may use. */
  public record Limits(
      ByteSize requestLine,
      ByteSize headers,
      ByteSize body,
      ByteSize bodyMemory,
      int connections,
      int requestsInFlight,
      Duration headerTime,
      Duration bodyTime,
      Duration idleTime,
      Duration writeTime,
      Duration stopTime) {

    /** The same as the front door takes them. */
    public HttpLimits toHttpLimits() {
      return new HttpLimits(
          requestLine.intBytes(),
          headers.intBytes(),
          body.intBytes(),
          bodyMemory.bytes(),
          connections,
          requestsInFlight,
          headerTime,
          bodyTime,
          idleTime,
          writeTime,
          stopTime);
    }
  }

  /** Where clients find the server. */
  public record Public(String endpoint, List<String> advertise, String domain) {
    public Public {
      domain = domain.isEmpty() ? "" : hostName(domain);
      if (!endpoint.isEmpty()) {
        URI uri = URI.create(endpoint);
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null || !bare) {
          throw new IllegalArgumentException(
              "endpoint is like https://calls.example.com/, not \"" + endpoint + "\"");
        }
      }
      advertise = List.copyOf(advertise);
      advertise.forEach(Advertised::parse);
    }

    private static String hostName(String domain) {
      if (ServerNames.isAddress(domain)) {
        throw new IllegalArgumentException("domain is like calls.example.com, not " + domain);
      }
      return ServerNames.normal(domain);
    }

    /** The advertised names and addresses, read. */
    public List<Advertised> advertised() {
      return advertise.stream().map(Advertised::parse).toList();
    }
  }

  /** The database. */
  public record Storage(
      String url,
      String user,
      String password,
      int connections,
      Duration connectionWait,
      Duration statementTime) {
    public Storage {
      // Says what is out of range.
      settings(url, user, password, connections, connectionWait, statementTime);
    }

    private static StorageSettings settings(
        String url,
        String user,
        String password,
        int connections,
        Duration connectionWait,
        Duration statementTime) {
      return new StorageSettings(url, user, password, connections, connectionWait, statementTime);
    }

    StorageSettings toSettings(String actualUrl) {
      return settings(actualUrl, user, password, connections, connectionWait, statementTime);
    }

    /** Without the password and the URL, which may hold it. */
    @Override
    public String toString() {
      return "Storage[connections=" + connections + "]";
    }
  }

  /** The rooms service. */
  public record Rooms(Duration keepAfterEnd) {
    public Rooms {
      if (keepAfterEnd.isNegative()) {
        throw new IllegalArgumentException("keep-after-end is not negative");
      }
    }
  }

  /** How often REST operations may be called, each as {@link Rate} reads it. */
  public record RequestLimits(int callers, String caller, Map<String, String> operations) {
    public RequestLimits {
      if (callers < 1) {
        throw new IllegalArgumentException("callers is at least 1");
      }
      Rate.parse(caller);
      operations = Map.copyOf(operations);
      operations.values().forEach(Rate::parse);
    }

    /** The same as the control plane takes them. */
    public RateLimits toRateLimits() {
      return new RateLimits(
          callers,
          Rate.parse(caller),
          operations.entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> Rate.parse(entry.getValue()))));
    }
  }

  /** How many resources share a host, and how often their callers may fail. */
  public record Resources(int perHost, int failedCredentialsPerMinute) {
    public Resources {
      // Says what is out of range.
      ResourceSettings checked =
          new ResourceSettings("", perHost, failedCredentialsPerMinute, List.of());
      perHost = checked.perHost();
    }
  }

  /** Searching and reserving phone numbers. */
  public record PhoneNumbers(int heldNumbers, int searches, int reservations, Duration hold) {
    public PhoneNumbers {
      if (heldNumbers < 1 || searches < 1 || reservations < 1) {
        throw new IllegalArgumentException("limits of phone-numbers are at least 1");
      }
      if (hold.compareTo(Duration.ofMinutes(1)) < 0 || hold.compareTo(Duration.ofHours(2)) > 0) {
        throw new IllegalArgumentException("hold is 1m to 2h");
      }
    }

    /** The same as the phone numbers service takes them. */
    public PhoneNumberLimits toLimits() {
      PhoneNumberLimits defaults = PhoneNumberLimits.defaults();
      return new PhoneNumberLimits(
          heldNumbers,
          searches,
          reservations,
          hold,
          defaults.longestReservation(),
          defaults.searchRetention(),
          defaults.reservationRetention());
    }
  }

  /** Where events may go, and who gets them from the start. */
  public record Events(boolean allowPrivateAddresses, List<SubscriptionSetting> subscriptions) {
    public Events {
      subscriptions = List.copyOf(subscriptions);
    }

    /** The same as the control plane takes them. */
    public EventSettings toSettings() {
      return new EventSettings(
          allowPrivateAddresses,
          subscriptions.stream().map(SubscriptionSetting::configured).toList());
    }
  }

  /** Media ports. */
  public record Media(
      String address,
      int port,
      int loops,
      List<String> advertise,
      boolean udp,
      boolean tcp,
      ByteSize packetMemory,
      String srtp) {
    public Media {
      Ports.check(port);
      if (loops < 0 || loops > 256) {
        throw new IllegalArgumentException("loops is 0 to 256, not " + loops);
      }
      if (!udp && !tcp) {
        throw new IllegalArgumentException("udp or tcp must be on, or no media can flow");
      }
      if (packetMemory.bytes() < 4 << 20 || packetMemory.bytes() > 1L << 32) {
        throw new IllegalArgumentException("packet-memory is 4MiB to 4GiB");
      }
      if (!Set.of("auto", "libcrypto", "jitsi").contains(srtp)) {
        throw new IllegalArgumentException("srtp is auto, libcrypto or jitsi, not " + srtp);
      }
      advertise = List.copyOf(advertise);
      for (String address1 : advertise) {
        if (!Advertised.parse(address1).isAddress()) {
          throw new IllegalArgumentException(
              "advertise holds IP or IP:PORT, not \"" + address1 + "\"");
        }
      }
    }

    /** How many loops there are on this machine. */
    public int actualLoops() {
      return loops > 0 ? loops : Runtime.getRuntime().availableProcessors();
    }
  }

  /** The port of metrics. */
  public record Admin(String address, int port) {
    public Admin {
      Ports.check(port);
    }
  }

  /** Limits of the calling protocol. */
  public record Signaling(
      ByteSize message,
      int messagesPerSecond,
      int messageBurst,
      ByteSize output,
      int participants,
      int calls,
      int devicesPerUser,
      Sessions sessions) {
    public Signaling {
      if (messagesPerSecond < 1
          || messageBurst < 1
          || participants < 2
          || calls < 1
          || devicesPerUser < 1) {
        throw new IllegalArgumentException(
            "messages-per-second, message-burst, calls and devices-per-user are at least 1,"
                + " participants 2");
      }
      if (sessions.bytes().intBytes() < message.intBytes()) {
        throw new IllegalArgumentException(
            "sessions.bytes is not less than message: the longest message must fit in");
      }
    }
  }

  /** What sessions of the calling protocol keep for their next socket. */
  public record Sessions(int count, int messages, ByteSize bytes, ByteSize memory) {
    public Sessions {
      if (count < 0 || messages < 1) {
        throw new IllegalArgumentException("count is not negative, messages is at least 1");
      }
    }
  }

  /** How calls go. */
  public record Calls(Timeouts timeouts) {}

  /** The timeouts of calls. */
  public record Timeouts(
      Duration reconnect,
      Duration modality,
      Duration transfer,
      Duration callSetup,
      Duration groupCallSetup,
      Duration pstnCallSetup,
      Duration promotion) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(1);

    public Timeouts {
      check("reconnect", reconnect);
      check("modality", modality);
      check("transfer", transfer);
      check("call-setup", callSetup);
      check("group-call-setup", groupCallSetup);
      check("pstn-call-setup", pstnCallSetup);
      check("promotion", promotion);
    }

    private static void check(String name, Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(name + " is 100ms to 1h");
      }
    }

    /** The same as calls take them. */
    public CallTimeouts toCallTimeouts() {
      return new CallTimeouts(
          reconnect, modality, transfer, callSetup, groupCallSetup, pstnCallSetup, promotion);
    }
  }

  /** How resources and their callers are told apart. */
  public ResourceSettings resourceSettings() {
    return new ResourceSettings(
        publicAddress.domain(),
        resources.perHost(),
        resources.failedCredentialsPerMinute(),
        issuers.stream().map(Issuer::settings).toList());
  }

  /** The addresses that clients are told to send media to, as IP or IP:PORT; empty for all. */
  public List<String> mediaAddresses() {
    if (!media.advertise().isEmpty()) {
      return media.advertise();
    }
    return publicAddress.advertised().stream()
        .filter(Advertised::isAddress)
        .map(Advertised::toString)
        .toList();
  }

  /**
   * The address that clients use, with a slash at its end.
   *
   * @param port what the server listens on
   */
  public URI endpoint(int port) {
    if (!publicAddress.endpoint().isEmpty()) {
      return URI.create(publicAddress.endpoint()).resolve("/");
    }
    List<Advertised> advertised = publicAddress.advertised();
    String host =
        advertised.stream()
            .filter(name -> !name.isAddress())
            .findFirst()
            .or(() -> advertised.stream().findFirst())
            .map(Advertised::uriHost)
            .orElse("localhost");
    return URI.create("https://" + host + (port == 443 ? "" : ":" + port) + "/");
  }

  /** The database file of a server without {@code storage.url}. */
  private Path databaseFile() {
    return data.resolve("vaxel.db");
  }

  /** The database to open. */
  public StorageSettings database() {
    return storage.toSettings(
        storage.url().isEmpty() ? "jdbc:sqlite:" + databaseFile() : storage.url());
  }
}
