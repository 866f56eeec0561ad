package io.vaxel.media.srtp;

import java.util.logging.Level;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.logging2.Logger;
import org.jitsi.utils.logging2.LoggerImpl;

/**
 * SRTP by jitsi-srtp: for systems without OpenSSL 3, and as a second opinion in tests. Copies every
 * packet to the heap and back, and leaves garbage.
 *
 * <p>Differs from the libcrypto engine in what it accepts, not in what it sends: its replay window
 * is 64 packets, it refuses SRTCP that GCM authenticated without encrypting (RFC 7714 section 9.3),
 * and it takes header extensions of the profiles 0xC0DE and 0xC2DE for Cryptex (RFC 9335) without
 * that having been agreed.
 */
final class JitsiEngine implements SrtpEngine {
  static final String NAME = "jitsi";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SrtpSender sender(SrtpKeys keys, int maxStreams) {
    return new JitsiSender(keys.profile(), contexts(keys, true), maxStreams);
  }

  @Override
  public SrtpReceiver receiver(SrtpKeys keys, int maxStreams) {
    return new JitsiReceiver(keys.profile(), contexts(keys, false), maxStreams);
  }

  private static SrtpContextFactory contexts(SrtpKeys keys, boolean sender) {
    // Silent: it would log each replayed packet, and results say what happened.
    Logger logger = new LoggerImpl(JitsiEngine.class.getName(), Level.OFF);
    return new SrtpContextFactory(
        sender,
        keys.masterKey(),
        keys.masterSalt(),
        policy(keys.profile()),
        policy(keys.profile()),
        logger);
  }

  private static SrtpPolicy policy(SrtpProfile profile) {
    boolean gcm = profile.isGcm();
    SrtpPolicy policy =
        new SrtpPolicy(
            gcm ? SrtpPolicy.AESGCM_ENCRYPTION : SrtpPolicy.AESCM_ENCRYPTION,
            profile.keyLength(),
            gcm ? SrtpPolicy.NULL_AUTHENTICATION : SrtpPolicy.HMACSHA1_AUTHENTICATION,
            gcm ? 0 : KeyDerivation.AUTH_KEY_LENGTH,
            profile.tagLength(),
            profile.saltLength());
    // A packet may be sent twice: a retransmission without RTX is the same bytes again.
    policy.setSendReplayEnabled(false);
    return policy;
  }
}
