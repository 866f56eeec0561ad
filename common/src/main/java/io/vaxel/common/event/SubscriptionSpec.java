package io.vaxel.common.event;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to get, and where. Made by {@link #checked}.
 *
 * @param endpoint https, or http to this machine
 * @param includedTypes types of events; empty for all
 * @param subjectBeginsWith and {@code subjectEndsWith}: compared without regard to case, as Event
 *     Grid does by default; empty for all
 * @param header of every delivery, or null
 * @param maxAttempts 1 to 30
 * @param ttlMinutes how old an event may get, 1 to 1440
 */
public record SubscriptionSpec(
    URI endpoint,
    EventSchema schema,
    List<String> includedTypes,
    String subjectBeginsWith,
    String subjectEndsWith,
    @Nullable DeliveryHeader header,
    int maxAttempts,
    int ttlMinutes) {
  /** Defaults and limits of Event Grid's retry policy. */
  public static final int MOST_ATTEMPTS = 30;

  /** A day, in minutes. */
  public static final int LONGEST_TTL = 1440;

  private static final int MOST_TYPES = 100;
  private static final Pattern TYPE = Pattern.compile("[A-Za-z0-9._-]{1,200}");
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]{1,1024}");

  /** Headers of HTTP itself and of the delivery. */
  private static final Set<String> TAKEN =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-type",
          "expect",
          "upgrade",
          "transfer-encoding",
          "te",
          "trailer");

  public SubscriptionSpec {
    includedTypes = List.copyOf(includedTypes);
  }

  /**
   * The same, when it is possible.
   *
   * @throws InvalidSubscriptionException that names the field which is at fault
   */
  public SubscriptionSpec checked() throws InvalidSubscriptionException {
    if (includedTypes.size() > MOST_TYPES) {
      throw new InvalidSubscriptionException(
          "includedEventTypes", "must hold " + MOST_TYPES + " types at most");
    }
    for (String type : includedTypes) {
      if (!TYPE.matcher(type).matches()) {
        throw new InvalidSubscriptionException(
            "includedEventTypes", "must hold types like Microsoft.Communication.SMSReceived");
      }
    }
    checkLength("subjectBeginsWith", subjectBeginsWith);
    checkLength("subjectEndsWith", subjectEndsWith);
    checkHeader();
    checkRange("maxDeliveryAttempts", maxAttempts, MOST_ATTEMPTS);
    checkRange("eventTimeToLiveInMinutes", ttlMinutes, LONGEST_TTL);
    return this;
  }

  /**
   * Reads the address of an endpoint.
   *
   * @throws InvalidSubscriptionException when it is none, or not one that may be delivered to
   */
  public static URI endpoint(String text) throws InvalidSubscriptionException {
    String what = "must be a URL that begins with https:// (or http:// for this machine)";
    try {
      URI uri = new URI(text);
      boolean plain = "http".equalsIgnoreCase(uri.getScheme());
      if (uri.getHost() == null
          || text.length() > 2048
          || uri.getRawUserInfo() != null
          || uri.getRawFragment() != null
          || !(plain || "https".equalsIgnoreCase(uri.getScheme()))
          || (plain && !EndpointAddresses.isThisMachine(uri.getHost()))) {
        throw new InvalidSubscriptionException("endpointUrl", what);
      }
      return uri;
    } catch (URISyntaxException e) {
      throw new InvalidSubscriptionException("endpointUrl", what);
    }
  }

  /** Whether an event of this type and subject is wanted. */
  boolean wants(String type, String subject) {
    String lower = subject.toLowerCase(Locale.ROOT);
    return (includedTypes.isEmpty() || includedTypes.stream().anyMatch(type::equalsIgnoreCase))
        && lower.startsWith(subjectBeginsWith.toLowerCase(Locale.ROOT))
        && lower.endsWith(subjectEndsWith.toLowerCase(Locale.ROOT));
  }

  private void checkHeader() throws InvalidSubscriptionException {
    if (header == null) {
      return;
    }
    String name = header.name().toLowerCase(Locale.ROOT);
    if (!HEADER_NAME.matcher(name).matches()
        || TAKEN.contains(name)
        || name.startsWith("aeg-")
        || name.startsWith("webhook-")) {
      throw new InvalidSubscriptionException(
          "deliveryHeader.name", "must be the name of a header that delivery does not use itself");
    }
    if (!HEADER_VALUE.matcher(header.value()).matches()) {
      throw new InvalidSubscriptionException(
          "deliveryHeader.value", "must be 1 to 1024 printable characters of ASCII");
    }
  }

  private static void checkLength(String field, String value) throws InvalidSubscriptionException {
    if (value.length() > 500 || value.indexOf('\0') >= 0) {
      throw new InvalidSubscriptionException(field, "must be 500 characters at most, without NUL");
    }
  }

  private static void checkRange(String field, int value, int most)
      throws InvalidSubscriptionException {
    if (value < 1 || value > most) {
      throw new InvalidSubscriptionException(field, "must be 1 to " + most);
    }
  }
}
