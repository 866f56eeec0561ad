package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

final class RequestTargetProperties {
  @Property(tries = 2_000)
  void everyTargetIsRefusedOrMakesAUri(
      @ForAll @StringLength(max = 40) @CharRange(from = 0, to = 255) String tail) {
    RequestTarget target;
    try {
      target = RequestTarget.parse("/" + tail);
    } catch (IllegalArgumentException e) {
      return;
    }
    URI uri = URI.create("https://host" + target.path() + target.query());
    assertEquals("host", uri.getHost());
    assertTrue(target.decodedPath().startsWith("/"));
  }
}
