package io.vaxel.server.call;

import io.vaxel.media.sfu.SfuUsage;

/** Whether a server holds as much as before. */
final class Leaks {
  private Leaks() {}

  /** Waits until everything that {@code before} counted is back; fails when it never is. */
  static void awaitAsBefore(TestServer server, SfuUsage before) throws Exception {
    Until.holds(
        () -> isBack(server.usage(), before),
        () -> "still in use: " + server.usage() + "; before: " + before);
  }

  /** Waits until nothing of any call is left: connections close in their own time. */
  static void awaitIdle(TestServer server) throws Exception {
    Until.holds(() -> isIdle(server.usage()), () -> "still in use: " + server.usage());
  }

  private static boolean isIdle(SfuUsage now) {
    return now.routers() == 0
        && now.transports() == 0
        && now.paths() == 0
        && now.dtlsAssociations() == 0
        && now.srtpContexts() == 0;
  }

  private static boolean isBack(SfuUsage now, SfuUsage before) {
    return now.routers() == before.routers()
        && now.transports() == before.transports()
        && now.packetBuffers() == before.packetBuffers()
        && now.timers() == before.timers()
        && now.paths() == before.paths()
        && now.dtlsAssociations() == before.dtlsAssociations()
        && now.srtpContexts() == before.srtpContexts();
  }
}
