package io.vaxel.control.resourcemanager;

import io.vaxel.control.testing.NodeScript;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript SDK against a started server, newest and oldest. */
class ResourceManagerJavaScriptSdkTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"@azure/arm-communication", "arm-oldest"})
  void runsUnchanged(String sdk) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      String connectionString = server.controlPlane().connectionString();
      new NodeScript(server, folder)
          .with("VAXEL_ENDPOINT", connectionString.replaceFirst("endpoint=(.*?)/;.*", "$1"))
          .with(
              "VAXEL_OPERATOR_TOKEN",
              server.controlPlane().operatorTokens().issue(Duration.ofHours(1)).token())
          .run("resource-manager.mjs", sdk);
    }
  }
}
