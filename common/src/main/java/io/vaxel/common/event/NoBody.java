package io.vaxel.common.event;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/**
 * Takes no more of a body than comes at once: a short one is read to its end, so that the
 * connection can be used again, a long one is cut off.
 */
final class NoBody implements BodySubscriber<String> {
  private static final long MOST = 64 << 10;

  private final CompletableFuture<String> done = new CompletableFuture<>();
  private long left = MOST;

  // Set by onSubscribe, which comes first.
  @SuppressWarnings("NullAway.Init")
  private Subscription subscription;

  @Override
  public CompletionStage<String> getBody() {
    return done;
  }

  @Override
  public void onSubscribe(Subscription offered) {
    subscription = offered;
    offered.request(1);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      left -= buffer.remaining();
    }
    if (left < 0) {
      subscription.cancel();
      done.complete("");
    } else {
      subscription.request(1);
    }
  }

  @Override
  public void onError(Throwable failure) {
    // The status has arrived, and it is all that matters.
    done.complete("");
  }

  @Override
  public void onComplete() {
    done.complete("");
  }
}
