package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.CallingOperator;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What names and places of resources look like, and what a new resource begins with. */
final class ResourceRules {
  /** Who made what nobody asked for. */
  static final CallingOperator THE_SERVER =
      new CallingOperator("vaxel", CallingOperator.Type.APPLICATION);

  /** A name may become the first label of a host name (RFC 1123). */
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");

  private static final Pattern GROUP = Pattern.compile("[-\\w._()]{0,89}[-\\w_()]");
  private static final Pattern DATA_LOCATION = Pattern.compile("[a-zA-Z][a-zA-Z ]{0,63}");

  /** The claim {@code rgn} of tokens, by the claim {@code resourceLocation}; others are amer. */
  private static final Map<String, String> REGIONS =
      Map.ofEntries(
          Map.entry("africa", "emea"),
          Map.entry("europe", "emea"),
          Map.entry("france", "emea"),
          Map.entry("germany", "emea"),
          Map.entry("norway", "emea"),
          Map.entry("sweden", "emea"),
          Map.entry("switzerland", "emea"),
          Map.entry("uae", "emea"),
          Map.entry("uk", "emea"),
          Map.entry("asiapacific", "apac"),
          Map.entry("australia", "apac"),
          Map.entry("india", "apac"),
          Map.entry("japan", "apac"),
          Map.entry("korea", "apac"));

  private ResourceRules() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  static boolean isGroup(String group) {
    return GROUP.matcher(group).matches();
  }

  static boolean isDataLocation(String location) {
    return DATA_LOCATION.matcher(location).matches();
  }

  /** What names are compared by. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** A resource that is not in the database yet, with an id of its own. */
  static CommunicationResource newResource(
      String name,
      ResourcePlace place,
      String dataLocation,
      CommunicationResource.Settings settings,
      CallingOperator creator,
      Instant now) {
    String location = dataLocation.toLowerCase(Locale.ROOT).replace(" ", "");
    return new CommunicationResource(
        UUID.randomUUID(),
        name,
        place,
        dataLocation,
        REGIONS.getOrDefault(location, "amer"),
        location,
        settings,
        null,
        CommunicationResource.State.SUCCEEDED,
        1,
        new ResourceHistory(creator, now, creator, now));
  }
}
