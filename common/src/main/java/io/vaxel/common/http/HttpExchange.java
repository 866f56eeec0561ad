package io.vaxel.common.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One complete request and its answer. Made on the connection's loop, answered once from any
 * thread: whole with {@link #answer}, or as a stream with {@link #stream} from a virtual thread.
 */
final class HttpExchange {
  private static final String REQUEST_ID = "x-ms-request-id";
  private static final String CLIENT_REQUEST_ID = "x-ms-client-request-id";

  /** RFC 9110 section 5.6.7: the day always has two digits. */
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private static final int LONGEST_CLIENT_REQUEST_ID = 128;

  private final HttpConnection connection;
  private final ChannelHandlerContext ctx;
  private final HttpRequest request;
  private final ByteBuf content;
  private final RequestFacts facts;
  private final long startedNanos = System.nanoTime();
  private final AtomicBoolean committed = new AtomicBoolean();
  private Runnable whenDone = () -> {};
  private RequestObserver observer = (status, nanos) -> {};
  private CorsPolicy cors = CorsPolicy.ofOrigins(Set.of());
  private String path = "/";

  HttpExchange(
      HttpConnection connection,
      ChannelHandlerContext ctx,
      HttpRequest request,
      ByteBuf content,
      boolean secure) {
    this.connection = connection;
    this.ctx = ctx;
    this.request = request;
    this.content = content;
    this.facts = new RequestFacts(request.uri(), remoteOf(ctx.channel()), secure, newRequestId());
  }

  private static InetSocketAddress remoteOf(Channel channel) {
    return channel.remoteAddress() instanceof InetSocketAddress address
        ? address
        : InetSocketAddress.createUnresolved("unknown", 0);
  }

  private static String newRequestId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new UUID(
            (random.nextLong() & ~0xf000L) | 0x4000L,
            (random.nextLong() & ~(3L << 62)) | (1L << 63))
        .toString();
  }

  RequestFacts facts() {
    return facts;
  }

  HttpRequest request() {
    return request;
  }

  HttpMethod method() {
    return request.method();
  }

  @Nullable String header(CharSequence name) {
    return request.headers().get(name);
  }

  /** The body; valid until the answer is written. */
  ByteBuf content() {
    return content;
  }

  Channel channel() {
    return ctx.channel();
  }

  /** Says, before the exchange leaves the loop, how pages may read its answer. */
  void routed(CorsPolicy policy, String decodedPath) {
    cors = policy;
    path = decodedPath;
  }

  /** Says, before the exchange leaves the loop, what to run once it is over. */
  void observedBy(RequestObserver requests) {
    observer = requests;
  }

  void whenDone(Runnable action) {
    whenDone = action;
  }

  /** How long a caller may take no byte of its answer. */
  long writeTimeoutMillis() {
    return connection.limits().writeTimeout().toMillis();
  }

  boolean isCommitted() {
    return committed.get();
  }

  /** Answers with an error of the front door's own. Any thread. */
  void refuse(Refusal refusal) {
    answer(refusal.status(), refusalHeaders(refusal), refusal.body());
  }

  /** Answers at once. Any thread; a second answer is ignored. */
  void answer(HttpResponseStatus status, HttpHeaders headers, byte[] body) {
    AnswerStream stream = stream(status, headers, body.length);
    if (stream != null) {
      stream.finish(body);
    }
  }

  /**
   * Begins an answer.
   *
   * @param length of the body in bytes, or -1 when not known
   * @return where the body goes, or null when there is an answer already
   */
  @Nullable AnswerStream stream(HttpResponseStatus status, HttpHeaders headers, long length) {
    if (!committed.compareAndSet(false, true)) {
      return null;
    }
    boolean keepAlive =
        HttpConnection.keepsAlive(request)
            && !headers.contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
    return new AnswerStream(this, newHead(status, headers), length, keepAlive);
  }

  private HttpResponse newHead(HttpResponseStatus status, HttpHeaders headers) {
    HttpHeaders all = new DefaultHttpHeaders();
    all.add(headers);
    addCommon(all, facts.requestId(), request.headers());
    cors.apply(header(HttpHeaderNames.ORIGIN), path, all);
    return new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, all);
  }

  private static void addCommon(HttpHeaders answer, String requestId, HttpHeaders asked) {
    answer.set(HttpHeaderNames.DATE, HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    answer.set(REQUEST_ID, requestId);
    String clientId = asked.get(CLIENT_REQUEST_ID);
    if (clientId != null
        && clientId.length() <= LONGEST_CLIENT_REQUEST_ID
        && clientId.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      answer.set(CLIENT_REQUEST_ID, clientId);
    }
  }

  private static HttpHeaders refusalHeaders(Refusal refusal) {
    HttpHeaders headers =
        new DefaultHttpHeaders().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    switch (refusal) {
      case BUSY, STOPPING -> headers.set(HttpHeaderNames.RETRY_AFTER, 1);
      case UPGRADE_REQUIRED -> {
        headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
      }
      default -> {}
    }
    return headers;
  }

  /** The headers that every answer to this request carries, for a WebSocket's 101. */
  HttpHeaders upgradeHeaders() {
    HttpHeaders headers = new DefaultHttpHeaders();
    addCommon(headers, facts.requestId(), request.headers());
    return headers;
  }

  /** The last part is being written; {@code goOn} says whether the connection stays. Any thread. */
  void finishing(ChannelFuture written, int status, long bytes, boolean goOn) {
    if (ctx.executor().inEventLoop()) {
      connection.answering();
    } else {
      ctx.executor().execute(connection::answering);
    }
    written.addListener(result -> finished(result, status, bytes, goOn));
  }

  private void finished(Future<?> result, int status, long bytes, boolean goOn) {
    done(status, bytes);
    connection.answered(ctx, goOn && result.isSuccess());
  }

  /** The connection became a WebSocket. On the loop. */
  void upgraded() {
    committed.set(true);
    connection.upgraded(ctx);
    done(HttpResponseStatus.SWITCHING_PROTOCOLS.code(), 0);
  }

  /** Cuts the connection: the answer began and can't be ended properly. Any thread. */
  void abort(int status, long bytes) {
    ctx.executor()
        .execute(
            () -> {
              done(status, bytes);
              connection.answered(ctx, false);
            });
  }

  private void done(int status, long bytes) {
    content.release();
    whenDone.run();
    long nanos = System.nanoTime() - startedNanos;
    observer.answered(status, nanos);
    AccessLog.write(facts.remoteAddress(), request, status, bytes, nanos, facts.requestId());
  }

  /** Refuses a request that was not read to its end, or not at all. On the loop. */
  static ChannelFuture refuseUnread(
      ChannelHandlerContext ctx, @Nullable HttpRequest request, CorsPolicy cors, Refusal refusal) {
    String requestId = newRequestId();
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            refusal.status(),
            Unpooled.wrappedBuffer(refusal.body()),
            refusalHeaders(refusal),
            EmptyHttpHeaders.INSTANCE);
    HttpHeaders asked = request == null ? EmptyHttpHeaders.INSTANCE : request.headers();
    addCommon(answer.headers(), requestId, asked);
    cors.apply(
        asked.get(HttpHeaderNames.ORIGIN), request == null ? "/" : request.uri(), answer.headers());
    answer.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    HttpUtil.setContentLength(answer, refusal.body().length);
    AccessLog.write(
        ctx.channel().remoteAddress(),
        request,
        refusal.status().code(),
        refusal.body().length,
        0,
        requestId);
    return ctx.writeAndFlush(answer);
  }
}
