package io.vaxel.media.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.WriteBufferWaterMark;
import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One ICE-TCP connection (RFC 6544): datagrams framed by RFC 4571. Output is bounded: while {@link
 * #OUTPUT} is full, datagrams are dropped and counted, as a full network would. Used on its loop's
 * thread only.
 */
public final class TcpPath implements Path {
  /** Bytes that may wait for the network: about a second of one video stream. */
  static final WriteBufferWaterMark OUTPUT = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

  private final Channel channel;
  private final InetSocketAddress remote;
  private @Nullable Object attachment;
  private boolean flushScheduled;
  private long dropped;

  TcpPath(Channel channel, InetSocketAddress remote) {
    this.channel = channel;
    this.remote = remote;
  }

  @Override
  public void send(PacketBuffer packet) {
    if (!channel.isActive() || !channel.isWritable()) {
      dropped++;
      return;
    }
    int length = packet.length();
    int framed = Rfc4571Decoder.HEADER_LENGTH + length;
    ByteBuf frame = channel.alloc().directBuffer(framed, framed);
    frame.writeShort(length);
    var target = frame.internalNioBuffer(Rfc4571Decoder.HEADER_LENGTH, length);
    target.put(target.position(), packet.bytes(), 0, length);
    frame.writerIndex(framed);
    var _ = channel.write(frame, channel.voidPromise());
    if (!flushScheduled) {
      flushScheduled = true; // one system call for all that the current task sends
      channel.eventLoop().execute(this::flush);
    }
  }

  private void flush() {
    flushScheduled = false;
    channel.flush();
  }

  /** Says who the connection belongs to, which also ends the time limit for its first check. */
  public void attach(Object owner) {
    attachment = owner;
  }

  /** Who the connection belongs to, or null before its first right check. */
  public @Nullable Object attachment() {
    return attachment;
  }

  /** Closes the connection; the listener is told. */
  public void close() {
    var _ = channel.close();
  }

  /** False once the connection is closed from either side. */
  public boolean isOpen() {
    return channel.isActive();
  }

  /** Datagrams that were not sent, because the output was full or the connection closed. */
  public long dropped() {
    return dropped;
  }

  @Override
  public InetSocketAddress remoteAddress() {
    return remote;
  }

  @Override
  public boolean isTcp() {
    return true;
  }

  @Override
  public String toString() {
    return "TcpPath[" + remote + "]";
  }
}
