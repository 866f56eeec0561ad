package io.vaxel.signaling.call;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vaxel.signaling.EndReason;
import io.vaxel.signaling.proto.TransferCall;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of a 1:1 call, from the request until it has succeeded or failed. What it is about
 * may be read by any thread; its end is decided on the loop of the call that is transferred.
 */
final class Transfer {
  private final String id;
  private final CallUser transferor;
  private final CallUser transferee;
  private final TransferCall request;
  private final EventExecutor loop;
  private final BiConsumer<Transfer, @Nullable EndReason> onOver;
  private final Future<?> timer;
  private volatile @Nullable Call carrier;
  private boolean over;

  /**
   * @param loop the loop of the call that is transferred, which is also the caller's
   * @param onOver hears once, on the loop, that it succeeded (null) or why it failed
   */
  Transfer(
      String id,
      CallUser transferor,
      CallUser transferee,
      TransferCall request,
      EventExecutor loop,
      Duration timeout,
      BiConsumer<Transfer, @Nullable EndReason> onOver) {
    this.id = id;
    this.transferor = transferor;
    this.transferee = transferee;
    this.request = request;
    this.loop = loop;
    this.onOver = onOver;
    this.timer =
        loop.schedule(
            () -> giveUp(EndReason.TRANSFER_TIMEOUT), timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  String id() {
    return id;
  }

  CallUser transferor() {
    return transferor;
  }

  CallUser transferee() {
    return transferee;
  }

  TransferCall request() {
    return request;
  }

  /**
   * The transferee began the call that carries the transfer out. Any thread.
   *
   * @return false when another one carries it already
   */
  synchronized boolean carriedBy(Call call) {
    if (carrier != null) {
      return false;
    }
    carrier = call;
    return true;
  }

  /** The new call stands. Any thread. */
  void succeeded() {
    loop.execute(() -> end(null));
  }

  /** The new call did not come about. Any thread. */
  void failed(EndReason reason) {
    loop.execute(() -> end(reason));
  }

  /** The call to be transferred is over; what was begun goes on by itself. On the loop. */
  void abandon() {
    over = true;
    timer.cancel(false);
  }

  /** It fails, and the call that was begun for it ends unless it stands. On the loop. */
  void giveUp(EndReason reason) {
    Call carrying = carrier;
    end(reason);
    if (carrying != null) {
      carrying.loop().execute(() -> carrying.giveUp(reason));
    }
  }

  private void end(@Nullable EndReason failure) {
    if (!over) {
      over = true;
      timer.cancel(false);
      onOver.accept(this, failure);
    }
  }
}
