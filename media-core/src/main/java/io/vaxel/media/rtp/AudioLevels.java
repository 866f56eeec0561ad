package io.vaxel.media.rtp;

/** The client-to-mixer audio level header extension: one byte a packet (RFC 6464 section 3). */
public final class AudioLevels {
  /** The extension's URI in SDP. */
  public static final String URI = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

  /** The level of digital silence, in −dBov. */
  public static final int SILENCE = 127;

  /** What {@link #read} answers when the packet does not tell. */
  public static final int ABSENT = -1;

  private AudioLevels() {}

  /**
   * The value of element {@code id} of {@code packet}, 0 to 255, or {@link #ABSENT}; {@link #level}
   * and {@link #voice} take it apart.
   */
  public static int read(RtpView packet, int id) {
    int offset = packet.extensionOffset(id);
    if (offset < 0 || packet.extensionLengthAt(offset) < 1) {
      return ABSENT;
    }
    return packet.bytes().get(offset) & 0xff;
  }

  /** The level in −dBov: 0 is the loudest, {@link #SILENCE} the softest. */
  public static int level(int value) {
    return value & 0x7f;
  }

  /** True if the sender believes that the packet holds speech. */
  public static boolean voice(int value) {
    return (value & 0x80) != 0;
  }
}
