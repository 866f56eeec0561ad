package io.vaxel.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.CompletableFuture;

/** Where users of one process sign in, and what they share for it. Safe for any thread. */
public final class CallClient {
  private final ClientMedia media;
  private final Wire.Factory wires;

  /**
   * @param media carries the media of all calls, and runs all listeners
   * @param http must trust the server's certificate when {@code endpoint} is https; see {@link
   *     TrustedHttp}
   * @param endpoint of the server, such as {@code https://calls.example.com:8443}
   */
  public CallClient(ClientMedia media, HttpClient http, URI endpoint) {
    this.media = media;
    this.wires = WebSocketWire.factory(http, endpoint, media.loop()::execute);
  }

  /**
   * Signs a user in; fails with {@link CallException} when the server refuses.
   *
   * @param token a user access token with scope voip, or voip.join
   */
  public CompletableFuture<CallAgent> createCallAgent(
      String token, CallAgentOptions options, CallAgent.Listener listener) {
    return new CallAgent(media, wires, token, options, listener).signIn();
  }
}
