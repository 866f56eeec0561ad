package io.vaxel.common.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AccessLogTest {
  @Test
  void ofTheQueryOnlyTheApiVersionIsWritten() {
    assertEquals(
        "/chat?api-version=2023-10-01",
        AccessLog.path("/chat?token=secret&api-version=2023-10-01&sig=x"));
    assertEquals("/calling/v1", AccessLog.path("/calling/v1?token=secret"));
  }

  @Test
  void controlCharactersCannotForgeALine() {
    assertEquals("/a?b?c", AccessLog.path("/a\nb\u001bc"));
  }
}
