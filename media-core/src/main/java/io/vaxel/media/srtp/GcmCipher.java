package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** AES-GCM as RFC 7714 applies it: header as associated data, payload encrypted, 16-byte tag. */
final class GcmCipher implements PacketCipher {
  private static final int TAG = 16;
  private static final int WORD = SrtpProfile.SRTCP_WORD;
  private static final int ENCRYPTED = 1 << 31;

  // Where things are in the scratch memory.
  private static final int IV = 0;
  private static final int OUT_LENGTH = 16;
  private static final int WORD_AT = 24;
  private static final int SCRATCH = 64;

  private final ByteBuffer scratch;
  private final long scratchAddress;
  private final NativeCipher cipher;
  private final long saltHigh;
  private final int saltLow;

  GcmCipher(SessionKeys keys, boolean encrypt, AtomicInteger open) {
    String name = keys.profile() == SrtpProfile.AEAD_AES_128_GCM ? "AES-128-GCM" : "AES-256-GCM";
    cipher = new NativeCipher(name, keys.cipherKey(), encrypt, SCRATCH, open);
    MemorySegment memory = cipher.memory();
    scratch = memory.asByteBuffer();
    scratchAddress = memory.address();
    ByteBuffer salt = ByteBuffer.wrap(keys.salt());
    saltHigh = salt.getLong(0);
    saltLow = salt.getInt(8);
  }

  @Override
  public void protectRtp(PacketBuffer packet, int headerLength, long index) {
    rtpIv(packet, index);
    long start = packet.segment().address();
    int end = packet.length();
    seal(packet, start, headerLength, false, start + headerLength, end - headerLength);
    packet.length(end + TAG);
  }

  @Override
  public boolean unprotectRtp(PacketBuffer packet, int headerLength, long index) {
    rtpIv(packet, index);
    long start = packet.segment().address();
    int end = packet.length() - TAG;
    boolean authentic =
        open(packet, start, headerLength, false, start + headerLength, end - headerLength);
    packet.length(end);
    return authentic;
  }

  @Override
  public void protectRtcp(PacketBuffer packet, int index) {
    int header = PacketLayout.RTCP_HEADER;
    rtcpIv(packet, index);
    scratch.putInt(WORD_AT, index | ENCRYPTED);
    long start = packet.segment().address();
    int end = packet.length();
    seal(packet, start, header, true, start + header, end - header);
    packet.bytes().putInt(end + TAG, index | ENCRYPTED);
    packet.length(end + TAG + WORD);
  }

  @Override
  public boolean unprotectRtcp(PacketBuffer packet, int word) {
    // What is not encrypted is associated data to its end (RFC 7714 section 9.3).
    int end = packet.length() - TAG - WORD;
    int header = (word & ENCRYPTED) != 0 ? PacketLayout.RTCP_HEADER : end;
    rtcpIv(packet, word & ~ENCRYPTED);
    scratch.putInt(WORD_AT, word);
    long start = packet.segment().address();
    boolean authentic = open(packet, start, header, true, start + header, end - header);
    packet.length(end);
    return authentic;
  }

  @Override
  public int srtcpWord(PacketBuffer packet) {
    return packet.bytes().getInt(packet.length() - WORD);
  }

  /** RFC 7714 section 8.1: two zero bytes, SSRC, rollover counter, sequence number; salted. */
  private void rtpIv(PacketBuffer packet, long index) {
    long ssrc = PacketLayout.rtpSsrc(packet.bytes()) & 0xFFFFFFFFL;
    scratch.putLong(IV, saltHigh ^ (ssrc << 16) ^ ((index >>> 32) & 0xFFFF));
    scratch.putInt(IV + 8, saltLow ^ (int) index);
  }

  /** RFC 7714 section 9.1: two zero bytes, SSRC, two zero bytes, SRTCP index; salted. */
  private void rtcpIv(PacketBuffer packet, int index) {
    long ssrc = PacketLayout.rtcpSsrc(packet.bytes()) & 0xFFFFFFFFL;
    scratch.putLong(IV, saltHigh ^ (ssrc << 16));
    scratch.putInt(IV + 8, saltLow ^ index);
  }

  private void seal(
      PacketBuffer packet, long header, int headerLength, boolean withWord, long text, int length) {
    long context = cipher.address();
    long outLength = scratchAddress + OUT_LENGTH;
    boolean done;
    try {
      done =
          Libcrypto.init(context, 0, 0, scratchAddress + IV, -1)
              && Libcrypto.encryptUpdate(context, 0, outLength, header, headerLength)
              && (!withWord
                  || Libcrypto.encryptUpdate(context, 0, outLength, scratchAddress + WORD_AT, WORD))
              && (length == 0 || Libcrypto.encryptUpdate(context, text, outLength, text, length))
              && Libcrypto.encryptFinal(context, text + length, outLength)
              && Libcrypto.control(context, Libcrypto.GET_TAG, TAG, text + length);
    } finally {
      Reference.reachabilityFence(packet);
    }
    if (!done) {
      throw new IllegalStateException("libcrypto could not encrypt");
    }
  }

  private boolean open(
      PacketBuffer packet, long header, int headerLength, boolean withWord, long text, int length) {
    long context = cipher.address();
    long outLength = scratchAddress + OUT_LENGTH;
    try {
      return Libcrypto.init(context, 0, 0, scratchAddress + IV, -1)
          && Libcrypto.decryptUpdate(context, 0, outLength, header, headerLength)
          && (!withWord
              || Libcrypto.decryptUpdate(context, 0, outLength, scratchAddress + WORD_AT, WORD))
          && (length == 0 || Libcrypto.decryptUpdate(context, text, outLength, text, length))
          && Libcrypto.control(context, Libcrypto.SET_TAG, TAG, text + length)
          && Libcrypto.decryptFinal(context, text + length, outLength);
    } finally {
      Reference.reachabilityFence(packet);
    }
  }

  @Override
  public void close() {
    cipher.close();
  }
}
