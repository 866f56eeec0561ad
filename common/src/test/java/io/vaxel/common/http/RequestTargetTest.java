package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTargetTest {
  @Test
  void whatUrisAllowStaysAsItIs() {
    RequestTarget target = RequestTarget.parse("/a:b@c+d/%2B1/:x?q=a%20b+c&d=[1]");
    assertEquals("/a:b@c+d/%2B1/:x", target.path());
    assertEquals("?q=a%20b+c&d=[1]", target.query());
    assertEquals("/a:b@c+d/+1/:x", target.decodedPath());
  }

  @Test
  void rawCharactersThatUrisForbidAreEncoded() {
    assertEquals("/a%7Cb%22%C3%A9", RequestTarget.parse("/a|b\"\u00c3\u00a9").path());
    assertEquals("/a|b\"\u00e9", RequestTarget.parse("/a|b\"\u00c3\u00a9").decodedPath());
  }

  @Test
  void absoluteTargetsLoseTheirAuthority() {
    assertEquals("/p", RequestTarget.parse("http://host:1/p").path());
    assertEquals("/", RequestTarget.parse("https://host").path());
  }

  @Test
  void repeatedSlashesAreOne() {
    assertEquals("/chat/config", RequestTarget.parse("///chat//config").path());
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "", "host:80", "/%", "/%4", "/%gg", "/%00", "/a#b", "ftp://h/p"})
  void otherTargetsAreRefused(String target) {
    assertThrows(IllegalArgumentException.class, () -> RequestTarget.parse(target));
  }
}
