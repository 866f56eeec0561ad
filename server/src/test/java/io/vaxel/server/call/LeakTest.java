package io.vaxel.server.call;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.netty.util.ResourceLeakDetector;
import io.vaxel.media.sfu.SfuUsage;
import io.vaxel.signaling.proto.TrackKind;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A server that has been used for long holds no more than one that has just started. */
final class LeakTest {
  private static final int JOINS = 200;
  private static final int THREADS_MORE = 8;

  @TempDir private Path data;

  @Test
  void twoHundredJoinsAndLeavesLeaveNothingBehind() throws Exception {
    Logger netty = (Logger) LoggerFactory.getLogger(ResourceLeakDetector.class);
    ListAppender<ILoggingEvent> leaks = new ListAppender<>();
    leaks.start();
    netty.addAppender(leaks);
    try (TestServer server = TestServer.start(data)) {
      joinAndLeave(server, 0); // starts what is started once
      Leaks.awaitIdle(server);
      SfuUsage before = server.usage();
      int threads = Thread.getAllStackTraces().size();
      for (int pair = 1; pair <= JOINS / 2; pair++) {
        joinAndLeave(server, pair);
      }
      Leaks.awaitAsBefore(server, before);
      assertTrue(
          server.usage().packetBuffers() <= before.packetBuffers(),
          () -> server.usage().toString());
      Until.holds(
          () -> Thread.getAllStackTraces().size() <= threads + THREADS_MORE,
          () -> "threads: " + Thread.getAllStackTraces().keySet());
      System.gc(); // what was leaked is reported when its memory is found unreachable
    } finally {
      netty.detachAppender(leaks);
    }
    assertTrue(leaks.list.isEmpty(), () -> leaks.list.toString());
  }

  /** Two participants send to one another; they leave, vanish or hang up in turns. */
  private static void joinAndLeave(TestServer server, int pair) throws Exception {
    String groupId = UUID.randomUUID().toString();
    try (TestClient astrid = server.join(groupId, "Astrid");
        TestClient birger = server.join(groupId, "Birger")) {
      Stream sound =
          astrid.publish(TrackKind.TRACK_KIND_AUDIO, TrackKind.TRACK_KIND_VIDEO).getFirst();
      Stream picture = birger.publish(TrackKind.TRACK_KIND_VIDEO).getFirst();
      birger.sendUntil(picture, () -> astrid.of(picture).count() > 3, "is not seen");
      astrid.sendUntil(sound, () -> birger.of(sound).count() > 3, "is not heard");
      switch (pair % 3) {
        case 0 -> astrid.leave();
        case 1 -> birger.agent().vanish();
        default -> {} // closes the socket
      }
    }
  }
}
