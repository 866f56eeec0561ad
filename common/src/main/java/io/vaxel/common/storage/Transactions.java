package io.vaxel.common.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Runs transactions, and begins those again that failed for a reason which passes. */
final class Transactions {
  private static final int ATTEMPTS = 4;

  /** Begun again only this soon, so that a request stays within its time. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Jdbi jdbi;

  Transactions(Jdbi jdbi) {
    this.jdbi = jdbi;
  }

  <R, X extends Exception> R run(boolean serializable, HandleCallback<R, X> work) throws X {
    long begun = System.nanoTime();
    for (int attempt = 1; ; attempt++) {
      Attempt<R, X> once = new Attempt<>(serializable, work);
      try {
        return once.run(jdbi);
      } catch (RuntimeException e) {
        boolean late = System.nanoTime() - begun > PATIENCE.toNanos();
        if (attempt == ATTEMPTS || late || !once.mayRunAgain(StorageFailure.of(e))) {
          throw e;
        }
      }
      pause(attempt);
    }
  }

  /** Apart by chance, or two that met once would meet again. */
  private static void pause(int attempt) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextLong(5, 20L << attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Attempt<R, X extends Exception> {
    private final boolean serializable;
    private final HandleCallback<R, X> work;
    private boolean committing;

    Attempt(boolean serializable, HandleCallback<R, X> work) {
      this.serializable = serializable;
      this.work = work;
    }

    R run(Jdbi jdbi) throws X {
      try (Handle sql = jdbi.open()) {
        HandleCallback<R, X> watched =
            handle -> {
              R result = work.withHandle(handle);
              committing = true;
              return result;
            };
        return serializable
            ? sql.inTransaction(TransactionIsolationLevel.SERIALIZABLE, watched)
            : sql.inTransaction(watched);
      }
    }

    boolean mayRunAgain(StorageFailure failure) {
      return switch (failure) {
        case CONFLICT -> true;
        // A connection that broke during the commit leaves open whether it was done.
        case DISCONNECTED -> !committing;
        // Of two serializable transactions that insert the same key after looking for it, the loser
        // may hear of the key before it hears of the conflict.
        case DUPLICATE -> serializable;
        case UNAVAILABLE, UNSTORABLE_TEXT, OTHER -> false;
      };
    }
  }
}
