package io.vaxel.control.identity;

import io.vaxel.common.testing.FakeIssuer;
import io.vaxel.common.testing.TestStorage;
import io.vaxel.control.ResourceSettings;
import io.vaxel.control.testing.NodeScript;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript SDK against a started server, newest and oldest. */
class IdentityJavaScriptSdkTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"@azure/communication-identity", "identity-oldest"})
  void runsUnchanged(String sdk) throws Exception {
    Instant now = Instant.now();
    try (FakeIssuer issuer = new FakeIssuer();
        StartedServer server =
            new StartedServer(
                TestStorage.SQLITE,
                folder,
                new ResourceSettings("", 64, 600, List.of(issuer.settings())))) {
      new NodeScript(server, folder)
          .with(
              "VAXEL_BEARER",
              issuer.sign(issuer.claims(now).claim("roles", List.of("Data")).build()))
          .with(
              "VAXEL_TEAMS_TOKEN",
              issuer.sign(issuer.claims(now).audience("api://users").claim("azp", "app-1").build()))
          .with("VAXEL_TEAMS_APP", "app-1")
          .with("VAXEL_TEAMS_USER", "subject-1")
          .run("identity.mjs", sdk);
    }
  }
}
