package io.vaxel.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A connection on hold forwards nothing, and goes on as if nothing had been. */
final class HoldTest {
  private static final int PACKETS = 60;

  /** Pauses, sends meanwhile, resumes; what was sent meanwhile must be missing, without a hole. */
  private static void holds(MediaRig rig, Switch pause) throws Exception {
    rig.hears(PACKETS);
    set(rig, pause, true);
    rig.sends(2); // what was on its way has come now
    int soundBefore = rig.onClient(() -> rig.heard(true).count());
    int videoBefore = rig.onClient(() -> rig.heard(false).count());
    rig.sends(PACKETS);
    assertEquals(soundBefore, rig.onClient(() -> rig.heard(true).count()), "sound was forwarded");
    assertEquals(videoBefore, rig.onClient(() -> rig.heard(false).count()), "video was forwarded");
    set(rig, pause, false);
    rig.hears(PACKETS);
    rig.onClient(
        () -> {
          assertTrue(rig.heard(true).missing() >= PACKETS);
          assertTrue(rig.heard(false).missing() >= 2 * PACKETS);
          assertEquals(0, rig.heard(true).holes(), "holes in the sound's sequence numbers");
          assertEquals(0, rig.heard(false).holes(), "holes in the video's sequence numbers");
          assertTrue(rig.heard(false).isKeyFrame(videoBefore), "video goes on with a key frame");
          return rig;
        });
  }

  /** What is switched, on the server's loop. */
  @FunctionalInterface
  private interface Switch {
    void set(boolean on);
  }

  private static void set(MediaRig rig, Switch which, boolean on) throws Exception {
    rig.onServer(
        () -> {
          which.set(on);
          return rig;
        });
  }

  @Test
  void whoHoldsReceivesNothingMeanwhile() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      holds(rig, rig.subscriber::setPaused);
    }
  }

  @Test
  void whoHoldsSendsNothingMeanwhile() throws Exception {
    try (MediaRig rig = new MediaRig(new ClientMedia(), false)) {
      holds(rig, rig.publisher::setPaused);
    }
  }
}
