package io.vaxel.common.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * The body of an answer on its way out. A short one leaves in one piece with its length; a long one
 * in chunks, and the writing virtual thread waits while the caller is slow. One thread.
 */
final class AnswerStream extends OutputStream {
  private static final int CHUNK = 32 << 10;

  private final HttpExchange exchange;
  private final Channel channel;
  private final HttpResponse head;
  private final long declaredLength;
  private final boolean bodiless;
  private boolean goOn;
  private byte[] buffer = new byte[1 << 10];
  private int buffered;
  private boolean headSent;
  private boolean closed;
  private long bytes;

  AnswerStream(HttpExchange exchange, HttpResponse head, long declaredLength, boolean goOn) {
    this.exchange = exchange;
    this.channel = exchange.channel();
    this.head = head;
    this.declaredLength = declaredLength;
    this.goOn = goOn;
    HttpResponseStatus status = head.status();
    this.bodiless =
        exchange.method().equals(HttpMethod.HEAD)
            || status.equals(HttpResponseStatus.NO_CONTENT)
            || status.equals(HttpResponseStatus.NOT_MODIFIED);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the answer is complete");
    }
    bytes += length;
    if (bodiless) {
      return;
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      if (buffered == CHUNK) {
        sendChunk();
      }
      int part = Math.min(left, CHUNK - buffered);
      if (buffered + part > buffer.length) {
        buffer = Arrays.copyOf(buffer, Math.min(CHUNK, Math.max(buffered + part, 4 * buffered)));
      }
      System.arraycopy(source, from, buffer, buffered, part);
      buffered += part;
      from += part;
      left -= part;
    }
  }

  /** Sends what is there when the length is open, as event streams need it. */
  @Override
  public void flush() throws IOException {
    if (!closed && !bodiless && declaredLength < 0 && buffered > 0) {
      sendChunk();
    }
  }

  private void sendChunk() throws IOException {
    sendHead(declaredLength);
    ChannelFuture written =
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(buffer, 0, buffered)));
    buffer = new byte[CHUNK];
    buffered = 0;
    if (written.isDone() && !written.isSuccess()) {
      throw new IOException("the caller has gone", written.cause());
    }
    if (!channel.isWritable()) {
      awaitCaller(written);
    }
  }

  private void awaitCaller(ChannelFuture written) throws IOException {
    try {
      if (!written.await(exchange.writeTimeoutMillis())) {
        throw new IOException("the caller takes nothing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the caller was slow", e);
    }
    if (!written.isSuccess()) {
      throw new IOException("the caller has gone", written.cause());
    }
  }

  private void sendHead(long length) {
    if (headSent) {
      return;
    }
    headSent = true;
    if (head.status().equals(HttpResponseStatus.NO_CONTENT)
        || head.status().equals(HttpResponseStatus.NOT_MODIFIED)) {
      head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (length >= 0) {
      HttpUtil.setContentLength(head, length);
    } else if (bodiless) {
      head.headers().remove(HttpHeaderNames.CONTENT_LENGTH);
    } else if (exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      goOn = false;
    } else {
      HttpUtil.setTransferEncodingChunked(head, true);
    }
    if (!goOn) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (exchange.request().protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      head.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    // Where this fails, so does the body that follows, and that is looked at.
    ChannelFuture _ = channel.write(head);
  }

  /** Sends this as the whole body. Any thread, nothing written before. */
  void finish(byte[] whole) {
    bytes = whole.length;
    end(bodiless ? new byte[0] : whole, whole.length);
  }

  @Override
  public void close() {
    end(buffer, buffered);
  }

  private void end(byte[] rest, int length) {
    if (closed) {
      return;
    }
    closed = true;
    if (declaredLength >= 0 && bytes != declaredLength && headSent) {
      exchange.abort(head.status().code(), bytes);
      return;
    }
    sendHead(bodiless ? Math.max(bytes, declaredLength) : length);
    LastHttpContent last =
        bodiless || length == 0
            ? LastHttpContent.EMPTY_LAST_CONTENT
            : new DefaultLastHttpContent(Unpooled.wrappedBuffer(rest, 0, length));
    exchange.finishing(channel.writeAndFlush(last), head.status().code(), bytes, goOn);
  }

  /** Gives the answer up in the middle: the caller sees a cut connection, never a short body. */
  void abort() {
    if (!closed) {
      closed = true;
      exchange.abort(head.status().code(), bytes);
    }
  }
}
