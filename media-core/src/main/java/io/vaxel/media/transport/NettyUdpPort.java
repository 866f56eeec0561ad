package io.vaxel.media.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.vaxel.media.packet.PacketBuffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A UDP port through Netty's NIO transport, for systems that are not Linux: one system call and a
 * few objects for each datagram.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a datagram that fails to leave is lost, as any other
final class NettyUdpPort extends UdpPort {
  /** Socket buffers, and what may wait for a flush; datagrams beyond it are dropped. */
  private static final int BUFFER_BYTES = 4 << 20;

  private static final byte[] NO_NATIVE_ADDRESS = new byte[0];

  private final Channel channel;
  private final UdpCounters counters = new UdpCounters();
  private final PacketBuffer outgoing = PacketBuffer.allocate();
  private PacketBuffer incoming;

  NettyUdpPort(MediaLoop loop, InetSocketAddress bind, Stranger stranger) throws IOException {
    super(loop, stranger);
    PacketBuffer buffer = loop.pool().take();
    if (buffer == null) {
      throw new IOException("no packet memory left for another port");
    }
    this.incoming = buffer;
    // Registration completes at once here, because this is the loop's own thread.
    this.channel =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(2048))
            .option(ChannelOption.SO_RCVBUF, BUFFER_BYTES)
            .option(ChannelOption.SO_SNDBUF, BUFFER_BYTES)
            .option(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(BUFFER_BYTES / 2, BUFFER_BYTES))
            .handler(new Receiver())
            .register()
            .channel();
    var bound = channel.bind(bind);
    if (bound.cause() != null) {
      throw new IOException("cannot bind UDP " + bind, bound.cause());
    }
  }

  private final class Receiver extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
      ByteBuf content = datagram.content();
      int length = content.readableBytes();
      counters.addReceived(1);
      if (length > PacketBuffer.CAPACITY) {
        return;
      }
      PacketBuffer packet = incoming;
      content.getBytes(content.readerIndex(), packet.bytes().slice(0, length));
      packet.length(length);
      loop().beginBatch();
      try {
        dispatch(datagram.sender(), packet);
        loop().runBatchTasks();
      } finally {
        loop().endBatch();
      }
    }

    private void dispatch(InetSocketAddress sender, PacketBuffer packet) {
      InetAddress ip = sender.getAddress();
      UdpPath path = find(NativeAddress.high(ip), NativeAddress.low(ip), sender.getPort());
      if (path != null) {
        incoming = deliver(path, packet);
      } else if (admitsStranger(packet)) {
        deliverStranger(pathTo(sender), packet);
      }
    }
  }

  @Override
  public int localPort() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  @Override
  public PacketBuffer slot() {
    outgoing.length(0);
    return outgoing;
  }

  @Override
  public void commit(UdpPath path) {
    ByteBuf content = channel.alloc().directBuffer(outgoing.length());
    content.writeBytes(outgoing.bytes().slice(0, outgoing.length()));
    if (channel.isWritable()) {
      channel.write(new DatagramPacket(content, path.remoteAddress()));
      counters.addSent(1);
    } else {
      content.release();
      counters.addDropped(1);
    }
    loop().flushLater(this);
  }

  @Override
  public void flush() {
    counters.addSendCall();
    channel.flush();
  }

  @Override
  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public UdpPath pathTo(InetSocketAddress peer) {
    InetAddress ip = peer.getAddress();
    return new UdpPath(
        this, NativeAddress.high(ip), NativeAddress.low(ip), peer.getPort(), NO_NATIVE_ADDRESS);
  }

  @Override
  public UdpCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    channel.close();
    loop().pool().release(incoming);
  }
}
