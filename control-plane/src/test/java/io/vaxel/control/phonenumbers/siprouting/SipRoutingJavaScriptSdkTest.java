package io.vaxel.control.phonenumbers.siprouting;

import io.vaxel.control.testing.NodeScript;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official JavaScript SDK against a started server; its oldest has no SIP routing. */
class SipRoutingJavaScriptSdkTest {
  @TempDir private Path folder;

  @Test
  void runsUnchanged() throws Exception {
    try (StartedServer server = new StartedServer(folder)) {
      new NodeScript(server, folder).run("sip-routing.mjs", "@azure/communication-phone-numbers");
    }
  }
}
