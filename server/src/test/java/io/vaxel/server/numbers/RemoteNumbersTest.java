package io.vaxel.server.numbers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaxel.common.storage.Database;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.phonenumbers.InvalidInventoryException;
import io.vaxel.server.VaxelServer;
import io.vaxel.server.config.ConfigLoader;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The inventory of a started server, through its operator API over TLS. */
class RemoteNumbersTest {
  @TempDir private Path folder;

  private ServerConfig config() throws Exception {
    Map<String, Object> settings = new HashMap<>();
    settings.put("data", folder.toString());
    settings.put("http.port", 0);
    settings.put("media.port", 0);
    settings.put("admin.port", 0);
    return new ConfigLoader().load(null, settings);
  }

  private String token(ServerConfig config, VaxelServer server) throws Exception {
    try (Database database = Database.open(config.database());
        ControlPlane controlPlane =
            new ControlPlane(
                database,
                ControlPlane.Settings.of(server.endpoint(), false),
                InstantSource.system())) {
      return controlPlane.operatorTokens().issue(Duration.ofMinutes(5)).token();
    }
  }

  @Test
  void numbersAreImportedListedAndReleased() throws Exception {
    ServerConfig config = config();
    try (VaxelServer server = VaxelServer.start(config)) {
      NumbersTarget remote =
          new RemoteNumbers(server.endpoint(), token(config, server), server.authorityFile());
      StringBuilder list = new StringBuilder("number,type,calling\n");
      for (int i = 0; i < 120; i++) {
        list.append("+1425555").append(1000 + i).append(",geographic,inbound\n");
      }
      assertEquals(120, remote.importList(list.toString(), false));
      List<Map<String, Object>> listed = remote.list(null);
      assertEquals(120, listed.size(), "more than a page");
      assertEquals("+14255551000", listed.getFirst().get("number"));
      assertEquals("free", listed.getFirst().get("state"));
      assertEquals(List.of(), remote.list(true));
      assertFalse(remote.release("+14255551000"));

      InvalidInventoryException faults =
          assertThrows(
              InvalidInventoryException.class,
              () -> remote.importList("[{\"number\":\"12\"}]", true));
      assertEquals(1, faults.faults().getFirst().line());
      assertTrue(faults.faults().getFirst().message().startsWith("number must be"));

      IOException refused =
          assertThrows(
              IOException.class,
              () ->
                  new RemoteNumbers(server.endpoint(), "nonsense", server.authorityFile())
                      .list(null));
      assertTrue(String.valueOf(refused.getMessage()).contains("vaxel token --admin"));
    }
  }
}
