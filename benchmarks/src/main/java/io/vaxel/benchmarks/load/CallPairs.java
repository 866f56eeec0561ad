package io.vaxel.benchmarks.load;

import io.vaxel.benchmarks.process.ServerProcess;
import io.vaxel.client.CallClient;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.TrustedHttp;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Many pairs of users, signed in over TLS and sharing one loop. */
final class CallPairs implements AutoCloseable {
  /** Sign-ins under way at once: more would only wait for one another's handshakes. */
  private static final int AT_ONCE = 32;

  private final ClientMedia media = new ClientMedia();
  private final HttpClient http;
  private final List<CallPair> pairs = new ArrayList<>();

  private CallPairs(HttpClient http) {
    this.http = http;
  }

  /** Signs {@code count} pairs of new users in. */
  static CallPairs signIn(ServerProcess server, int count)
      throws IOException, InterruptedException {
    CallPairs all = new CallPairs(TrustedHttp.trusting(server.authority()));
    CallClient client = new CallClient(all.media, all.http, server.secureEndpoint());
    Semaphore free = new Semaphore(AT_ONCE);
    try (HttpClient tokens = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<CallPair>> signingIn = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        signingIn.add(
            threads.submit(
                () -> {
                  free.acquire();
                  try {
                    return CallPair.signIn(
                            all.media, client, server.newToken(tokens), server.newToken(tokens))
                        .get();
                  } finally {
                    free.release();
                  }
                }));
      }
      for (Future<CallPair> pair : signingIn) {
        all.pairs.add(pair.get());
      }
    } catch (ExecutionException e) {
      all.close();
      throw new IOException("a user cannot sign in", e.getCause());
    }
    return all;
  }

  List<CallPair> all() {
    return pairs;
  }

  @Override
  public void close() {
    pairs.forEach(CallPair::close);
    try {
      MediaThread.await(media);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.shutdownNow();
    media.close();
  }
}
