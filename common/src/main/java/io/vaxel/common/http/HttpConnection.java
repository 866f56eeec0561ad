package io.vaxel.common.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.vaxel.common.http.RequestDeadline.Phase;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection: puts requests together within the limits and hands them on one at a
 * time, in order. While one is being answered nothing more is read from the socket; what was
 * already decoded waits here, so a pipelining caller is bounded by one read.
 */
// Writes and closes whose outcome nobody waits for: a failed one has ended the connection already.
@SuppressWarnings("FutureReturnValueIgnored")
final class HttpConnection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(HttpConnection.class);

  /** How long a refused caller may go on sending before the connection is cut. */
  private static final long LINGER_SECONDS = 2;

  private final HttpLimits limits;
  private final BodyBudget budget;
  private final RequestDeadline deadline;
  private final Dispatcher dispatcher;
  private final Queue<HttpObject> waiting = new ArrayDeque<>();

  private @Nullable HttpRequest head;
  private @Nullable ByteBuf body;
  private int budgetTaken;
  private boolean busy;
  private boolean refused;

  HttpConnection(
      HttpLimits limits, BodyBudget budget, RequestDeadline deadline, Dispatcher dispatcher) {
    this.limits = limits;
    this.budget = budget;
    this.deadline = deadline;
    this.dispatcher = dispatcher;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof HttpObject part)) {
      // Bytes that follow an upgrade; the WebSocket handlers behind this one want them.
      ctx.fireChannelRead(message);
      return;
    }
    if (refused) {
      ReferenceCountUtil.release(part);
      if (part instanceof LastHttpContent) {
        ctx.close();
      }
    } else if (busy) {
      waiting.add(part);
    } else {
      accept(ctx, part);
    }
  }

  private void accept(ChannelHandlerContext ctx, HttpObject part) {
    try {
      DecoderResult result = part.decoderResult();
      if (result.isFailure()) {
        refuse(ctx, refusalOf(result.cause()));
        return;
      }
      if (part instanceof HttpRequest request) {
        begin(ctx, request);
      }
      if (part instanceof HttpContent content && !refused) {
        append(ctx, content.content());
      }
      if (part instanceof LastHttpContent && !refused) {
        complete(ctx);
      }
    } finally {
      ReferenceCountUtil.release(part);
    }
  }

  private static Refusal refusalOf(Throwable cause) {
    return switch (cause) {
      case TooLongHttpLineException line -> Refusal.LONG_TARGET;
      case TooLongHttpHeaderException header -> Refusal.LONG_HEADERS;
      default -> Refusal.MALFORMED;
    };
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    head = request;
    if (request.protocolVersion().majorVersion() != 1) {
      refuse(ctx, Refusal.MALFORMED);
    } else if (request.protocolVersion().minorVersion() >= 1
        && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      refuse(ctx, Refusal.NO_HOST);
    } else if (HttpUtil.isContentLengthSet(request)
        && HttpUtil.getContentLength(request, 0L) > limits.maxBodyBytes()) {
      refuse(ctx, Refusal.TOO_LARGE);
    } else if (HttpUtil.is100ContinueExpected(request)) {
      ctx.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    } else if (request.headers().contains(HttpHeaderNames.EXPECT)) {
      refuse(ctx, Refusal.EXPECTATION);
    }
    if (!refused) {
      deadline.enter(Phase.BODY);
    }
  }

  private void append(ChannelHandlerContext ctx, ByteBuf content) {
    int more = content.readableBytes();
    if (more == 0) {
      return;
    }
    int soFar = body == null ? 0 : body.readableBytes();
    if (soFar + more > limits.maxBodyBytes()) {
      refuse(ctx, Refusal.TOO_LARGE);
    } else if (!budget.take(more)) {
      refuse(ctx, Refusal.BUSY);
    } else {
      budgetTaken += more;
      if (body == null) {
        body = ctx.alloc().heapBuffer(more, limits.maxBodyBytes());
      }
      body.writeBytes(content);
    }
  }

  private void complete(ChannelHandlerContext ctx) {
    HttpRequest request = head;
    if (request == null) {
      refuse(ctx, Refusal.MALFORMED);
      return;
    }
    ByteBuf content = body == null ? Unpooled.EMPTY_BUFFER : body;
    head = null;
    body = null;
    busy = true;
    ctx.channel().config().setAutoRead(false);
    deadline.enter(Phase.HANDLING);
    boolean secure = ctx.pipeline().get(SslHandler.class) != null;
    dispatcher.dispatch(new HttpExchange(this, ctx, request, content, secure));
  }

  HttpLimits limits() {
    return limits;
  }

  /** The last bytes of the answer are being written. On the loop. */
  void answering() {
    deadline.enter(Phase.WRITING);
  }

  /** The answer is written; on the loop. The connection goes on or ends. */
  void answered(ChannelHandlerContext ctx, boolean goOn) {
    giveBudgetBack();
    if (!goOn || dispatcher.isStopping()) {
      hangUp(ctx);
      return;
    }
    busy = false;
    deadline.enter(Phase.IDLE);
    while (!busy && !refused && !waiting.isEmpty()) {
      accept(ctx, waiting.remove());
    }
    if (!busy) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** The connection is a WebSocket from now on: nothing of HTTP stays in the pipeline. */
  void upgraded(ChannelHandlerContext ctx) {
    giveBudgetBack();
    ctx.pipeline().remove(deadline);
    ctx.pipeline().remove(this);
    ctx.channel().config().setAutoRead(true);
  }

  /** Ends the connection when it has no request, as a stop wants it. On the loop. */
  void closeIfIdle(ChannelHandlerContext ctx) {
    if (!busy && head == null) {
      ctx.close();
    }
  }

  private void refuse(ChannelHandlerContext ctx, Refusal refusal) {
    refused = true;
    HttpRequest request = head;
    dropBody();
    deadline.enter(Phase.WRITING);
    HttpExchange.refuseUnread(ctx, request, dispatcher.cors(), refusal)
        .addListener(
            written -> {
              if (written.isSuccess()) {
                hangUp(ctx);
              } else {
                ctx.close();
              }
            });
  }

  /**
   * Says that nothing more comes and goes on discarding for a moment: closing at once with unread
   * bytes resets the connection, and the caller would lose the answer.
   */
  private void hangUp(ChannelHandlerContext ctx) {
    boolean callerIsDone = !refused;
    refused = true;
    dropWaiting();
    if (callerIsDone || !ctx.channel().isActive()) {
      ctx.close();
      return;
    }
    if (ctx.channel() instanceof DuplexChannel duplex
        && ctx.pipeline().get(SslHandler.class) == null) {
      duplex.shutdownOutput();
    }
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> ctx.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case RequestDeadline.Expired(Phase phase)
          when (phase == Phase.HEADER || phase == Phase.BODY) && !refused ->
          refuse(ctx, Refusal.TIMEOUT);
      case RequestDeadline.Expired expired -> ctx.close();
      default -> ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropBody();
    dropWaiting();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    dropBody();
    dropWaiting();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A reset, a failed handshake, bytes that are no TLS: the caller's affair, common on any port.
    LOG.debug("connection of {} ends: {}", ctx.channel().remoteAddress(), cause.toString());
    ctx.channel().close().addListener(ChannelFutureListener.CLOSE);
  }

  private void dropBody() {
    head = null;
    if (body != null) {
      body.release();
      body = null;
    }
    if (!busy) {
      giveBudgetBack();
    }
  }

  private void giveBudgetBack() {
    budget.give(budgetTaken);
    budgetTaken = 0;
  }

  private void dropWaiting() {
    HttpObject part;
    while ((part = waiting.poll()) != null) {
      ReferenceCountUtil.release(part);
    }
  }

  /** Whether an answer's headers leave the connection open. */
  static boolean keepsAlive(HttpRequest request) {
    return HttpUtil.isKeepAlive(request)
        && !request.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
  }
}
