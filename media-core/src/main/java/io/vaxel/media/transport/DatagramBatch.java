package io.vaxel.media.transport;

import io.vaxel.media.packet.PacketBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams on their way out of one socket: collected, then sent with as few system calls as
 * possible. Neighbours of equal size to the same address leave as one UDP GSO send ({@code
 * UDP_SEGMENT}; the last may be shorter). When the socket's buffer is full the rest of the batch is
 * dropped and counted: late media is worth nothing. One thread; no garbage.
 */
final class DatagramBatch {
  private static final Logger log = LoggerFactory.getLogger(DatagramBatch.class);

  /** Datagrams held before a flush happens by itself. */
  private static final int SLOTS = 128;

  /** The kernel takes 64 segments in one send (UDP_MAX_SEGMENTS) and 64 KiB with headers. */
  private static final int MAX_SEGMENTS = 64;

  private static final int MAX_GSO_BYTES = 65_000;

  private final int fd;
  private final UdpCounters counters;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment errno = LinuxSockets.newErrno(arena);
  private final MessageHeaders messages = new MessageHeaders(arena, SLOTS, SLOTS);
  private final MessageHeaders single = new MessageHeaders(arena, 1, 1);
  private final PacketBuffer[] slots = new PacketBuffer[SLOTS];
  private final byte[][] destinations = new byte[SLOTS][];
  private int slotCount;
  private int messageCount;
  private boolean segmentation = true;

  // The message that the next datagram may still join.
  private int openSegmentSize;
  private int openBytes;
  private boolean openEnded;

  DatagramBatch(int fd, UdpCounters counters) {
    this.fd = fd;
    this.counters = counters;
    MemorySegment memory = arena.allocate((long) SLOTS * PacketBuffer.CAPACITY, 64);
    for (int i = 0; i < SLOTS; i++) {
      slots[i] =
          new PacketBuffer(memory.asSlice((long) i * PacketBuffer.CAPACITY, PacketBuffer.CAPACITY));
      messages.payload(i, slots[i].segment(), 0);
    }
  }

  /** Memory for the next datagram. */
  PacketBuffer slot() {
    PacketBuffer slot = slots[slotCount];
    slot.length(0);
    return slot;
  }

  /** Adds the datagram in {@link #slot()}, for the socket address {@code destination}. */
  void commit(byte[] destination) {
    int length = slots[slotCount].length();
    messages.payloadLength(slotCount, length);
    if (joins(destination, length)) {
      openBytes += length;
      openEnded = length < openSegmentSize;
    } else {
      messages.beginMessage(messageCount, slotCount);
      messages.name(messageCount, destination);
      destinations[messageCount] = destination;
      messageCount++;
      openSegmentSize = length;
      openBytes = length;
      openEnded = !segmentation;
    }
    messages.addSegment(messageCount - 1);
    slotCount++;
    if (slotCount == SLOTS) {
      flush();
    }
  }

  private boolean joins(byte[] destination, int length) {
    return messageCount > 0
        && !openEnded
        && length <= openSegmentSize
        && openBytes + length <= MAX_GSO_BYTES
        && messages.segments(messageCount - 1) < MAX_SEGMENTS
        && Arrays.equals(destinations[messageCount - 1], destination);
  }

  /** Sends what was committed. */
  void flush() {
    int count = messageCount;
    if (count == 0) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (messages.segments(i) > 1) {
        messages.segmentSize(i, messages.payloadLength(messages.firstSegment(i)));
      }
    }
    int done = 0;
    while (done < count) {
      int result =
          LinuxSockets.send(
              errno, fd, done == 0 ? messages.segment() : messages.from(done), count - done);
      counters.addSendCall();
      if (result > 0) {
        countSent(done, result);
        done += result;
      } else {
        done = failed(-result, done, count);
      }
    }
    messageCount = 0;
    slotCount = 0;
  }

  private void countSent(int first, int sent) {
    int datagrams = 0;
    for (int i = first; i < first + sent; i++) {
      datagrams += messages.segments(i);
    }
    counters.addSent(datagrams);
  }

  /** Deals with message {@code index} that the kernel refused; the index to go on from. */
  private int failed(int error, int index, int count) {
    switch (error) {
      case LinuxSockets.EINTR -> {
        return index;
      }
      case LinuxSockets.EAGAIN, LinuxSockets.ENOBUFS -> {
        for (int i = index; i < count; i++) {
          counters.addDropped(messages.segments(i));
        }
        return count;
      }
      case LinuxSockets.EIO, LinuxSockets.EINVAL, LinuxSockets.EMSGSIZE -> {
        if (messages.segments(index) > 1) {
          // EIO: the route's device cannot segment (no checksum offload, TUN devices among them).
          if (error == LinuxSockets.EIO && segmentation) {
            segmentation = false;
            log.info("a network device cannot segment UDP (GSO): sending datagrams one by one");
          }
          sendOneByOne(index);
          return index + 1;
        }
      }
      default -> {
        // EPERM of a firewall, ENETUNREACH, ...: this datagram is lost, the others may go.
      }
    }
    counters.addDropped(messages.segments(index));
    return index + 1;
  }

  private void sendOneByOne(int index) {
    int first = messages.firstSegment(index);
    for (int i = first; i < first + messages.segments(index); i++) {
      single.payload(0, slots[i].segment(), messages.payloadLength(i));
      single.beginMessage(0, 0);
      single.addSegment(0);
      single.name(0, destinations[index]);
      counters.addSendCall();
      if (LinuxSockets.send(errno, fd, single.segment(), 1) == 1) {
        counters.addSent(1);
      } else {
        counters.addDropped(1);
      }
    }
  }

  void close() {
    arena.close();
  }
}
