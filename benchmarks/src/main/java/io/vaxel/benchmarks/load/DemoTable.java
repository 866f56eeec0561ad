package io.vaxel.benchmarks.load;

import io.vaxel.client.IncomingTrack;
import io.vaxel.signaling.proto.Joined;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The live table of the demo: one line a participant and second. Used on the media loop only. */
final class DemoTable {
  private final List<LoadClient> clients;
  private final PrintWriter out;
  private final Map<LoadClient, long[]> before = new HashMap<>();

  DemoTable(List<LoadClient> clients, PrintWriter out) {
    this.clients = clients;
    this.out = out;
  }

  /** Prints what the last second brought. */
  void print(int second) {
    if (second == 1) {
      out.println(
          "  s  participant   sends kbit/s  packets   gets kbit/s  packets  lost  RTT ms  speaks");
    }
    for (LoadClient client : clients) {
      long[] now = totals(client);
      long[] last = before.getOrDefault(client, new long[now.length]);
      before.put(client, now);
      out.printf(
          "%3d  %-12s %13d %8d %13d %8d %5d %7s  %s%n",
          second,
          client.name(),
          (now[1] - last[1]) * 8 / 1000,
          now[0] - last[0],
          (now[3] - last[3]) * 8 / 1000,
          now[2] - last[2],
          now[4],
          roundTrip(client),
          speaking(client));
    }
    out.flush();
  }

  /** Packets and bytes sent, packets and bytes received, packets lost on the way. */
  private static long[] totals(LoadClient client) {
    long[] totals = new long[5];
    for (SyntheticTrack track : client.tracks()) {
      totals[0] += track.track().packets();
      totals[1] += track.track().bytes();
    }
    for (StreamCheck check : client.checks().values()) {
      totals[2] += check.received();
      totals[3] += check.bytes();
    }
    for (IncomingTrack track : client.call().incoming()) {
      totals[4] += track.lost();
    }
    return totals;
  }

  private static String roundTrip(LoadClient client) {
    long nanos = client.tracks().getFirst().track().roundTripNanos();
    return nanos < 0 ? "-" : String.format("%.1f", nanos / 1e6);
  }

  /** Whether the server tells the others that this one speaks. */
  private String speaking(LoadClient client) {
    Joined joined = client.call().joined();
    if (joined == null) {
      return "";
    }
    for (LoadClient other : clients) {
      if (!other.equals(client) && other.speakers().contains(joined.getParticipantId())) {
        return "speaks";
      }
    }
    return "";
  }
}
