package io.vaxel.signaling.connection;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vaxel.signaling.proto.ServerMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes messages to one connection, in the order in which each thread sends them. A reader who
 * leaves more unread than the limit is cut off. Safe for any thread.
 */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final ChannelHandlerContext context;
  private final String connectionId;
  private final long limit;
  private final AtomicLong unsent = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param limit bytes that may wait to be written
   */
  Outbox(ChannelHandlerContext context, String connectionId, long limit) {
    this.context = context;
    this.connectionId = connectionId;
    this.limit = limit;
  }

  /** Sends a message; does nothing once the connection is closed. */
  void send(ServerMessage message) {
    int size = message.getSerializedSize();
    if (mayWait(size)) {
      write(encode(message, size), size);
    }
  }

  /**
   * Sends a message that is encoded already, as {@link #send(ServerMessage)}.
   *
   * @param encoded is not changed any more
   */
  void send(byte[] encoded) {
    if (mayWait(encoded.length)) {
      write(Unpooled.wrappedBuffer(encoded), encoded.length);
    }
  }

  private boolean mayWait(int size) {
    if (closed) {
      return false;
    }
    if (unsent.addAndGet(size) > limit) {
      log.info("Connection {} closed: it reads too slowly", connectionId);
      cutOff();
      return false;
    }
    return true;
  }

  private void write(ByteBuf message, int size) {
    context
        .writeAndFlush(new BinaryWebSocketFrame(message))
        .addListener(_ -> unsent.addAndGet(-size));
  }

  /**
   * Says goodbye after everything sent before. The WebSocket's own guard ends the connection, once
   * the client has agreed or its time is over: closing here, with bytes of the client still unread,
   * would reset the connection and lose what was just said.
   */
  void close(WebSocketCloseStatus status, String reason) {
    if (closed) {
      return;
    }
    closed = true;
    ChannelFuture _ = context.writeAndFlush(new CloseWebSocketFrame(status, reason));
  }

  /** Sends nothing from now on. */
  void abandon() {
    closed = true;
  }

  /** Closes at once; what is not written yet is lost. */
  void cutOff() {
    closed = true;
    ChannelFuture _ = context.close();
  }

  private ByteBuf encode(ServerMessage message, int size) {
    ByteBuf buffer = context.alloc().buffer(size, size);
    try {
      CodedOutputStream output = CodedOutputStream.newInstance(buffer.nioBuffer(0, size));
      message.writeTo(output);
      output.flush();
    } catch (IOException e) {
      buffer.release();
      throw new UncheckedIOException(e);
    }
    return buffer.writerIndex(size);
  }
}
