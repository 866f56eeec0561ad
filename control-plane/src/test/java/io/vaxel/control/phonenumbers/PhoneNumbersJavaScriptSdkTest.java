package io.vaxel.control.phonenumbers;

import io.vaxel.control.testing.NodeScript;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The official JavaScript SDK against a started server, newest and oldest. */
class PhoneNumbersJavaScriptSdkTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"@azure/communication-phone-numbers", "phone-numbers-oldest"})
  void runsUnchanged(String sdk) throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      new NodeScript(server, folder).run("phone-numbers.mjs", sdk);
    }
  }
}
