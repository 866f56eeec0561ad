package io.vaxel.control.rooms;

import io.vaxel.control.testing.NodeScript;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript SDK against a started server, newest and oldest. */
class RoomsJavaScriptSdkTest {
  /** More than a page of participants. */
  private static final int USERS = 105;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"@azure/communication-rooms", "rooms-oldest"})
  void runsUnchanged(String sdk) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      String users =
          Stream.generate(server.controlPlane().identity()::createUser)
              .limit(USERS)
              .collect(Collectors.joining(","));
      new NodeScript(server, folder).with("VAXEL_USERS", users).run("rooms.mjs", sdk);
    }
  }
}
