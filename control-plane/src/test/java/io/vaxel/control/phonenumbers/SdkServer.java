package io.vaxel.control.phonenumbers;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import io.vaxel.control.testing.StartedServer;
import java.nio.file.Path;

/** A started server with the development range, and how the Java SDK reaches it. */
public final class SdkServer implements AutoCloseable {
  static {
    // The SDK signs and sends the host without a port, which the JDK's client forbids by default.
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
  }

  private final StartedServer server;
  private final HttpClient http;

  public SdkServer(Path folder) throws Exception {
    server = new StartedServer(folder);
    http =
        new JdkHttpClientBuilder(
                java.net.http.HttpClient.newBuilder().sslContext(server.trusting()))
            .build();
  }

  public HttpClient http() {
    return http;
  }

  public String connectionString() {
    return server.controlPlane().connectionString();
  }

  @Override
  public void close() {
    server.close();
  }
}
