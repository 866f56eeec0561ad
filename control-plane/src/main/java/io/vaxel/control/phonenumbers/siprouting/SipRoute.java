package io.vaxel.control.phonenumbers.siprouting;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which trunks calls to some numbers take. Of the routes that match, the first in order is taken.
 *
 * @param name unique within the resource
 * @param numberPattern a regular expression that is looked for in the number
 * @param trunks host names of trunks, the first that works is taken
 * @param callerIdOverride the number that is shown instead of the caller's; null when not said
 */
public record SipRoute(
    String name,
    @Nullable String description,
    String numberPattern,
    List<String> trunks,
    @Nullable String callerIdOverride) {
  public SipRoute {
    trunks = List.copyOf(trunks);
  }
}
