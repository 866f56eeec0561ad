package io.vaxel.media.srtp;

import io.vaxel.media.packet.PacketBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The transform of one profile for one kind of packet, RTP or RTCP, in one direction, by libcrypto.
 * Knows keys and bytes; indices and replay are its caller's. Used by one thread at a time,
 * allocates nothing.
 */
sealed interface PacketCipher extends AutoCloseable permits GcmCipher, CounterModeCipher {
  /** A cipher for {@code keys}, counting its native context in {@code open}. */
  static PacketCipher create(SessionKeys keys, boolean encrypt, AtomicInteger open) {
    return keys.profile().isGcm()
        ? new GcmCipher(keys, encrypt, open)
        : new CounterModeCipher(keys, open);
  }

  /** Encrypts behind {@code headerLength} bytes and appends the tag. */
  void protectRtp(PacketBuffer packet, int headerLength, long index);

  /** False when the packet, which must hold header and tag, is not authentic. */
  boolean unprotectRtp(PacketBuffer packet, int headerLength, long index);

  /** Encrypts and appends tag and SRTCP word, E flag set. */
  void protectRtcp(PacketBuffer packet, int index);

  /**
   * False when the packet, which must hold header, tag and word, is not authentic.
   *
   * @param word E flag and index, as {@link #srtcpWord} read them
   */
  boolean unprotectRtcp(PacketBuffer packet, int word);

  /** E flag (the sign) and index of an SRTCP packet. */
  int srtcpWord(PacketBuffer packet);

  @Override
  void close();
}
