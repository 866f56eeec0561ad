package io.vaxel.control.resourcemanager;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the fixed words of ARM paths as the REST resources have them: in ARM their case does not
 * matter. Values, which stand between them, are left alone.
 */
@PreMatching
final class ArmPaths implements ContainerRequestFilter {
  private static final Map<String, String> WORDS =
      Stream.of(
              "subscriptions",
              "resourceGroups",
              "providers",
              "Microsoft.Communication",
              "communicationServices",
              "listKeys",
              "regenerateKey",
              "linkNotificationHub",
              "checkNameAvailability",
              "locations",
              "operations",
              "operationStatuses",
              "operationResults")
          .collect(Collectors.toMap(word -> word.toLowerCase(Locale.ROOT), Function.identity()));

  @Override
  public void filter(ContainerRequestContext request) {
    String path = request.getUriInfo().getRequestUri().getRawPath();
    String lower = path.toLowerCase(Locale.ROOT);
    if (!lower.startsWith("/subscriptions/") && !lower.startsWith("/providers/")) {
      return;
    }
    String canonical = canonical(path);
    if (!canonical.equals(path)) {
      String query = request.getUriInfo().getRequestUri().getRawQuery();
      request.setRequestUri(
          URI.create(
              request.getUriInfo().getBaseUri().resolve("/")
                  + canonical.substring(1)
                  + (query == null ? "" : "?" + query)));
    }
  }

  /** Words and values take turns, but for the name of a provider, which follows a word. */
  private static String canonical(String path) {
    String[] steps = path.substring(1).split("/", -1);
    for (int i = 0; i < steps.length; i++) {
      boolean word = i % 2 == 0 || steps[i - 1].equals("providers");
      if (word) {
        steps[i] = WORDS.getOrDefault(steps[i].toLowerCase(Locale.ROOT), steps[i]);
      }
    }
    return Arrays.stream(steps).collect(Collectors.joining("/", "/", ""));
  }
}
