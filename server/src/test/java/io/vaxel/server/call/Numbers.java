package io.vaxel.server.call;

import io.vaxel.media.rtp.RtpView;
import java.nio.ByteBuffer;
import java.util.BitSet;

/** What has come of one {@link Stream}. Written on the media loop, read anywhere. */
final class Numbers {
  private final BitSet seen = new BitSet();
  private final BitSet sequences = new BitSet();
  private int damaged;
  private int duplicates;
  private int highestSequence = -1;
  private int lowestSequence = -1;

  synchronized void received(RtpView packet) {
    ByteBuffer bytes = packet.bytes();
    int offset = packet.payloadOffset();
    if (!isIntact(bytes, offset, packet.payloadLength())) {
      damaged++;
      return;
    }
    int number = (int) bytes.getLong(offset + Stream.NUMBER);
    if (seen.get(number)) {
      duplicates++;
    }
    seen.set(number);
    // The server begins below 2^14, so a test's few packets do not wrap.
    int sequence = packet.sequenceNumber();
    sequences.set(sequence);
    highestSequence = Math.max(highestSequence, sequence);
    lowestSequence = lowestSequence < 0 ? sequence : Math.min(lowestSequence, sequence);
  }

  private static boolean isIntact(ByteBuffer bytes, int offset, int length) {
    if (length <= Stream.FILLER) {
      return false;
    }
    long number = bytes.getLong(offset + Stream.NUMBER);
    for (int at = Stream.FILLER; at < length; at++) {
      if (bytes.get(offset + at) != Stream.filler(number, at)) {
        return false;
      }
    }
    return number >= 0 && number < Integer.MAX_VALUE;
  }

  synchronized int count() {
    return seen.cardinality();
  }

  synchronized boolean has(long number) {
    return seen.get((int) number);
  }

  /** Whether nothing is missing from {@code first} to {@code last}. */
  synchronized boolean hasAll(long first, long last) {
    return seen.get((int) first, (int) last + 1).cardinality() == last + 1 - first;
  }

  /** The highest number so far, or -1. */
  synchronized int highest() {
    return seen.length() - 1;
  }

  synchronized int lowest() {
    return seen.nextSetBit(0);
  }

  /** Packets that were changed on their way, or came twice. */
  synchronized int faults() {
    return damaged + duplicates;
  }

  /** Sequence numbers of the server's that are missing between the lowest and the highest. */
  synchronized int holes() {
    return highestSequence < 0 ? 0 : highestSequence + 1 - lowestSequence - sequences.cardinality();
  }
}
