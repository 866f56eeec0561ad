package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** AES in counter mode with HMAC-SHA1, 80 bits of it as the tag (RFC 3711 sections 4.1.1, 4.2). */
final class CounterModeCipher implements PacketCipher {
  private static final int TAG = 10;
  private static final int WORD = SrtpProfile.SRTCP_WORD;
  private static final int ENCRYPTED = 1 << 31;

  // Where things are in the scratch memory.
  private static final int IV = 0;
  private static final int OUT_LENGTH = 16;
  private static final int HMAC = 64;
  private static final int SCRATCH = HMAC + Sha1Hmac.MEMORY;

  private final ByteBuffer scratch;
  private final long scratchAddress;
  private final NativeCipher cipher;
  private final Sha1Hmac hmac;
  private final long saltHigh;
  private final long saltLow;

  CounterModeCipher(SessionKeys keys, AtomicInteger open) {
    cipher = new NativeCipher("AES-128-CTR", keys.cipherKey(), true, SCRATCH, open);
    MemorySegment memory = cipher.memory();
    scratch = memory.asByteBuffer();
    scratchAddress = memory.address();
    ByteBuffer salt = ByteBuffer.allocate(16).put(0, keys.salt());
    saltHigh = salt.getLong(0);
    saltLow = salt.getLong(8);
    hmac = new Sha1Hmac(memory.asSlice(HMAC, Sha1Hmac.MEMORY), keys.authKey());
  }

  @Override
  public void protectRtp(PacketBuffer packet, int headerLength, long index) {
    int end = packet.length();
    rtpIv(packet, index);
    crypt(packet, headerLength, end);
    // The rollover counter is authenticated behind the packet and then gives way to the tag.
    packet.bytes().putInt(end, PacketIndex.rolloverCounter(index));
    writeTag(packet, end + 4, end);
    packet.length(end + TAG);
  }

  @Override
  public boolean unprotectRtp(PacketBuffer packet, int headerLength, long index) {
    int end = packet.length() - TAG;
    ByteBuffer bytes = packet.bytes();
    long tagFirst8 = bytes.getLong(end);
    short tagNext2 = bytes.getShort(end + 8);
    bytes.putInt(end, PacketIndex.rolloverCounter(index));
    if (!matches(packet, end + 4, tagFirst8, tagNext2)) {
      return false;
    }
    rtpIv(packet, index);
    crypt(packet, headerLength, end);
    packet.length(end);
    return true;
  }

  @Override
  public void protectRtcp(PacketBuffer packet, int index) {
    int end = packet.length();
    rtcpIv(packet, index);
    crypt(packet, PacketLayout.RTCP_HEADER, end);
    packet.bytes().putInt(end, index | ENCRYPTED);
    writeTag(packet, end + WORD, end + WORD);
    packet.length(end + WORD + TAG);
  }

  @Override
  public boolean unprotectRtcp(PacketBuffer packet, int word) {
    int tag = packet.length() - TAG;
    int end = tag - WORD;
    ByteBuffer bytes = packet.bytes();
    if (!matches(packet, tag, bytes.getLong(tag), bytes.getShort(tag + 8))) {
      return false;
    }
    if ((word & ENCRYPTED) != 0) {
      rtcpIv(packet, word & ~ENCRYPTED);
      crypt(packet, PacketLayout.RTCP_HEADER, end);
    }
    packet.length(end);
    return true;
  }

  @Override
  public int srtcpWord(PacketBuffer packet) {
    return packet.bytes().getInt(packet.length() - TAG - WORD);
  }

  /** RFC 3711 section 4.1.1: salt * 2^16 XOR SSRC * 2^64 XOR index * 2^16. */
  private void rtpIv(PacketBuffer packet, long index) {
    iv(PacketLayout.rtpSsrc(packet.bytes()), index);
  }

  private void rtcpIv(PacketBuffer packet, int index) {
    iv(PacketLayout.rtcpSsrc(packet.bytes()), index);
  }

  private void iv(int ssrc, long index) {
    scratch.putLong(IV, saltHigh ^ (ssrc & 0xFFFFFFFFL));
    scratch.putLong(IV + 8, saltLow ^ (index << 16));
  }

  /** Encrypts or, which in counter mode is the same, decrypts. */
  private void crypt(PacketBuffer packet, int from, int to) {
    if (from == to) {
      return;
    }
    long text = packet.segment().address() + from;
    long outLength = scratchAddress + OUT_LENGTH;
    long context = cipher.address();
    boolean done;
    try {
      done =
          Libcrypto.init(context, 0, 0, scratchAddress + IV, -1)
              && Libcrypto.encryptUpdate(context, text, outLength, text, to - from);
    } finally {
      Reference.reachabilityFence(packet);
    }
    if (!done) {
      throw new IllegalStateException("libcrypto could not encrypt");
    }
  }

  private void writeTag(PacketBuffer packet, int authenticated, int at) {
    authenticate(packet, authenticated);
    packet.bytes().putLong(at, hmac.first8());
    packet.bytes().putShort(at + 8, hmac.next2());
  }

  /** Compares in constant time. */
  private boolean matches(PacketBuffer packet, int authenticated, long first8, short next2) {
    authenticate(packet, authenticated);
    return ((hmac.first8() ^ first8) | (hmac.next2() ^ next2)) == 0;
  }

  private void authenticate(PacketBuffer packet, int length) {
    try {
      hmac.compute(packet.segment().address(), length);
    } finally {
      Reference.reachabilityFence(packet);
    }
  }

  @Override
  public void close() {
    cipher.close();
  }
}
