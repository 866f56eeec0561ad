package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import org.jitsi.utils.ByteArrayBuffer;

/** A packet on the heap, as jitsi-srtp wants it: filled from a packet buffer and copied back. */
final class HeapPacket implements ByteArrayBuffer {
  private final byte[] bytes = new byte[PacketBuffer.CAPACITY];
  private int offset;
  private int length;

  void copyFrom(PacketBuffer packet) {
    offset = 0;
    length = packet.length();
    packet.bytes().get(0, bytes, 0, length);
  }

  void copyTo(PacketBuffer packet) {
    packet.copyFrom(bytes, offset, length);
  }

  @Override
  public byte[] getBuffer() {
    return bytes;
  }

  @Override
  public int getOffset() {
    return offset;
  }

  @Override
  public int getLength() {
    return length;
  }

  @Override
  public void setLength(int length) {
    this.length = length;
  }

  @Override
  public void setOffset(int offset) {
    this.offset = offset;
  }

  @Override
  public boolean isInvalid() {
    return false;
  }

  @Override
  public void readRegionToBuff(int from, int count, byte[] target) {
    System.arraycopy(bytes, offset + from, target, 0, count);
  }

  /** Does nothing: there is room for the greatest packet that may be sent. */
  @Override
  public void grow(int count) {}

  @Override
  public void append(byte[] data, int count) {
    System.arraycopy(data, 0, bytes, offset + length, count);
    length += count;
  }

  @Override
  public void shrink(int count) {
    length -= count;
  }
}
