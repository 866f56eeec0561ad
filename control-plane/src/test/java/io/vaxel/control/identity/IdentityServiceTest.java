package io.vaxel.control.identity;

import static io.vaxel.control.testing.RestHarness.VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaxel.common.testing.TestStorage;
import io.vaxel.common.token.TokenScope;
import io.vaxel.control.testing.RestHarness;
import io.vaxel.control.testing.RestHarness.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestStorage.class)
class IdentityServiceTest {
  @Parameter private TestStorage storage = TestStorage.SQLITE;
  @TempDir private Path folder;

  @Test
  void keysUsersAndTokensOutliveARestart() throws Exception {
    String token;
    String connectionString;
    try (RestHarness rest = new RestHarness(storage, folder, false)) {
      IdentityService service = rest.controlPlane().identity();
      connectionString = rest.controlPlane().connectionString();
      token =
          service
              .issueToken(service.createUser(), EnumSet.of(TokenScope.VOIP), Duration.ofHours(1))
              .token();
    }
    try (RestHarness rest = new RestHarness(storage, folder, false)) {
      assertEquals(connectionString, rest.controlPlane().connectionString());
      rest.controlPlane().identity().tokenAuthenticator().authenticate(token);
    }
  }

  @Test
  void aFailureOfTheServerTellsNothing() throws Exception {
    try (RestHarness rest = new RestHarness(storage, folder, false)) {
      String target = "/identities" + VERSION;
      Map<String, String> headers = rest.signed("POST", target, "{}", rest.key());
      rest.database().jdbi().useHandle(sql -> sql.execute("alter table users rename to gone"));
      Answer answer = rest.send("POST", target, "{}", headers, "127.0.0.1");
      assertEquals("500 InternalServerError", answer.error());
      assertEquals("The server failed.", answer.json().at("/error/message").asText());
    }
  }
}
