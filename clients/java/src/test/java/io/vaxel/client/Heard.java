package io.vaxel.client;

import io.vaxel.media.rtp.RtpView;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What came of one track of {@link MediaRig}. Used on the client's loop. */
final class Heard {
  final BitSet numbers = new BitSet();
  private final BitSet sequences = new BitSet();
  private final List<Boolean> keyFrames = new ArrayList<>();
  private int lowestSequence = Integer.MAX_VALUE;

  void received(RtpView packet) {
    int offset = packet.payloadOffset();
    numbers.set(packet.bytes().getInt(offset + MediaRig.NUMBER));
    // The server begins below 2^14, so a test's few packets do not wrap.
    sequences.set(packet.sequenceNumber());
    lowestSequence = Math.min(lowestSequence, packet.sequenceNumber());
    keyFrames.add(packet.bytes().get(offset) == 0x10 && packet.bytes().get(offset + 1) == 0);
  }

  int count() {
    return keyFrames.size();
  }

  /** Whether the packet that came as number {@code index} begins a key frame. */
  boolean isKeyFrame(int index) {
    return keyFrames.get(index);
  }

  int highest() {
    return numbers.length() - 1;
  }

  /** Packets that were sent between the first and the last that came, and did not come. */
  int missing() {
    return numbers.length() - numbers.nextSetBit(0) - numbers.cardinality();
  }

  /** Sequence numbers of the server's that are missing between the lowest and the highest. */
  int holes() {
    return sequences.length() - lowestSequence - sequences.cardinality();
  }
}
