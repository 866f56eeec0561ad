package io.vaxel.common.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time limits of one connection. Sits before the HTTP decoder, so that it sees the first byte
 * of a request; fires {@link Expired} when a phase took too long. One timer a connection, which is
 * moved only when it has fired: a busy connection does not reschedule for each request.
 */
final class RequestDeadline extends ChannelInboundHandlerAdapter {
  /** Where a connection stands between two requests. */
  enum Phase {
    IDLE,
    HEADER,
    BODY,
    HANDLING,
    WRITING
  }

  /** User event: the phase is over its time. */
  record Expired(Phase phase) {}

  private final HttpLimits limits;
  private final LongSupplier nanoClock;
  private @Nullable ChannelHandlerContext context;
  private @Nullable ScheduledFuture<?> timer;
  private long timerAt;
  private Phase phase = Phase.IDLE;
  private long endsAt;

  RequestDeadline(HttpLimits limits, LongSupplier nanoClock) {
    this.limits = limits;
    this.nanoClock = nanoClock;
  }

  Phase phase() {
    return phase;
  }

  /** Begins a phase. On the connection's loop. */
  void enter(Phase next) {
    phase = next;
    if (next == Phase.HANDLING) {
      return;
    }
    endsAt = nanoClock.getAsLong() + limit(next).toNanos();
    if (timer == null || timerAt - endsAt > 0) {
      schedule();
    }
  }

  private Duration limit(Phase of) {
    return switch (of) {
      case IDLE -> limits.idleTimeout();
      case HEADER -> limits.headerTimeout();
      case BODY -> limits.bodyTimeout();
      case WRITING -> limits.writeTimeout();
      case HANDLING -> throw new IllegalStateException("a handler has its own limits");
    };
  }

  private void schedule() {
    cancel();
    ChannelHandlerContext ctx = context;
    if (ctx != null && !ctx.isRemoved()) {
      timerAt = endsAt;
      timer =
          ctx.executor().schedule(this::fire, endsAt - nanoClock.getAsLong(), TimeUnit.NANOSECONDS);
    }
  }

  private void fire() {
    timer = null;
    ChannelHandlerContext ctx = context;
    if (phase == Phase.HANDLING || ctx == null) {
      return;
    }
    if (endsAt - nanoClock.getAsLong() > 0) {
      schedule();
    } else {
      ctx.fireUserEventTriggered(new Expired(phase));
    }
  }

  private void cancel() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    enter(Phase.IDLE);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    cancel();
    context = null;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (phase == Phase.IDLE) {
      enter(Phase.HEADER);
    }
    ctx.fireChannelRead(message);
  }
}
