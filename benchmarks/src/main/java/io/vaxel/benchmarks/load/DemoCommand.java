package io.vaxel.benchmarks.load;

import io.vaxel.client.ClientMedia;
import io.vaxel.client.IncomingTrack;
import io.vaxel.client.OutgoingTrack;
import io.vaxel.common.token.TokenScope;
import io.vaxel.control.identity.IdentityNotOwnedException;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.server.VaxelServer;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ConfigLoader;
import io.vaxel.signaling.proto.TrackKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The main job, to be watched in a terminal: a server of its own, and a three-party call with
 * sound, video and a shared screen between real protocol clients.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Start a server in a temporary folder on free ports and hold a call of three over it:",
      "sound, video and a shared screen over ICE, DTLS and SRTP. Ends by itself.",
      "Exit code 0 only if every participant received every track intact."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final List<String> NAMES = List.of("Astrid", "Birger", "Cecilia");
  private static final long CONNECT_SECONDS = 30;
  private static final long SPEAKING_SECONDS = 4;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long media flows, 2 to 3600. Default: ${DEFAULT-VALUE}.")
  private int seconds = 15;

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (seconds < 2 || seconds > 3600) {
      throw new ParameterException(spec.commandLine(), "--seconds is 2 to 3600");
    }
    PrintWriter out = spec.commandLine().getOut();
    Path data = Files.createTempDirectory("vaxel-demo");
    try (VaxelServer server = startServer(data);
        ClientMedia media = new ClientMedia();
        HttpClient http = HttpClient.newHttpClient()) {
      out.println("Server   " + server.endpoint() + "  (throw-away data, free ports)");
      out.flush();
      return hold(server, media, http, out);
    } finally {
      delete(data);
    }
  }

  private static VaxelServer startServer(Path data) throws ConfigException, IOException {
    return VaxelServer.start(
        new ConfigLoader()
            .load(
                null,
                Map.of(
                    "data", data.toString(),
                    "http.port", 0,
                    "media.port", 0,
                    "admin.port", 0)));
  }

  private int hold(VaxelServer server, ClientMedia media, HttpClient http, PrintWriter out)
      throws Exception {
    Histogram delays = LoadClient.newDelays();
    List<LoadClient> clients = new ArrayList<>();
    String groupId = UUID.randomUUID().toString();
    try {
      for (int i = 0; i < NAMES.size(); i++) {
        LoadClient client = new LoadClient(NAMES.get(i), delays);
        clients.add(client);
        client
            .join(media, http, server.localEndpoint(), newToken(server.identity()), groupId, true)
            .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        publish(client, i);
      }
      out.println(
          "Call     " + groupId + "  (3 participants: sound and video; one shares a screen)");
      out.println();
      run(media, clients, out);
      return summary(media, clients, delays, out);
    } finally {
      for (LoadClient client : clients) {
        client.close();
      }
      // The clients' media is closed on its loop, before that stops.
      MediaThread.await(media);
    }
  }

  private static String newToken(IdentityService identity) throws IdentityNotOwnedException {
    return identity
        .issueToken(identity.createUser(), EnumSet.of(TokenScope.VOIP), Duration.ofHours(1))
        .token();
  }

  private static void publish(LoadClient client, int index)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<TrackKind> kinds = new ArrayList<>();
    kinds.add(TrackKind.TRACK_KIND_AUDIO);
    kinds.add(TrackKind.TRACK_KIND_VIDEO);
    if (index == 0) {
      kinds.add(TrackKind.TRACK_KIND_SCREEN_SHARE);
    }
    List<OutgoingTrack> tracks = client.publish(kinds).get(CONNECT_SECONDS, TimeUnit.SECONDS);
    for (int i = 0; i < tracks.size(); i++) {
      int stream = index * 10 + i;
      client.add(
          switch (kinds.get(i)) {
            case TRACK_KIND_AUDIO -> new SyntheticTrack(tracks.get(i), stream, 50, 1, 120);
            case TRACK_KIND_VIDEO -> new SyntheticTrack(tracks.get(i), stream, 30, 5, 1100);
            default -> new SyntheticTrack(tracks.get(i), stream, 10, 12, 1100);
          });
    }
  }

  private void run(ClientMedia media, List<LoadClient> clients, PrintWriter out)
      throws InterruptedException {
    FramePacer pacer = new FramePacer(media.loop());
    for (LoadClient client : clients) {
      for (SyntheticTrack track : client.tracks()) {
        int rate =
            switch (track.track().kind()) {
              case TRACK_KIND_AUDIO -> 50;
              case TRACK_KIND_VIDEO -> 30;
              default -> 10;
            };
        pacer.start(rate, track::sendFrame);
      }
    }
    DemoTable table = new DemoTable(clients, out);
    for (int second = 1; second <= seconds; second++) {
      int speaker = (int) (second / SPEAKING_SECONDS % clients.size());
      MediaThread.on(media, () -> speak(clients, speaker));
      TimeUnit.SECONDS.sleep(1);
      int now = second;
      MediaThread.on(media, () -> table.print(now));
    }
    pacer.stop();
    // What is still on its way, or being asked for again.
    TimeUnit.MILLISECONDS.sleep(700);
  }

  private static void speak(List<LoadClient> clients, int speaker) {
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).tracks().getFirst().track().level(i == speaker ? 20 : 127);
    }
  }

  private static int summary(
      ClientMedia media, List<LoadClient> clients, Histogram delays, PrintWriter out)
      throws InterruptedException {
    boolean[] fine = {true};
    MediaThread.on(
        media,
        () -> {
          out.println();
          out.println("Received               packets      bytes   missing  damaged  repaired");
          for (LoadClient receiver : clients) {
            for (LoadClient sender : clients) {
              if (!sender.equals(receiver)) {
                fine[0] &= compare(receiver, sender, out);
              }
            }
          }
          out.printf(
              "%nDelay from client to client: half %.2f ms, 99 of 100 %.2f ms%n",
              delays.getValueAtPercentile(50) / 1e6, delays.getValueAtPercentile(99) / 1e6);
          out.println(
              fine[0]
                  ? "Every participant received every track intact."
                  : "FAILED: something did not arrive as it was sent.");
          out.flush();
        });
    return fine[0] ? 0 : 1;
  }

  private static boolean compare(LoadClient receiver, LoadClient sender, PrintWriter out) {
    boolean fine = true;
    for (SyntheticTrack track : sender.tracks()) {
      StreamCheck check = receiver.checks().getOrDefault(track.stream(), new StreamCheck());
      boolean intact = check.isIntact(track.sent());
      long repaired =
          receiver.call().incoming().stream()
              .filter(incoming -> incoming.trackId().equals(track.track().trackId()))
              .mapToLong(IncomingTrack::recovered)
              .sum();
      out.printf(
          "%-8s from %-8s %8d %10d %9d %8d %9d  %-6s %s%n",
          receiver.name(),
          sender.name(),
          check.received(),
          check.bytes(),
          check.missing(track.sent()),
          check.damaged(),
          repaired,
          kind(track.track().kind()),
          intact ? "intact" : "NOT INTACT");
      fine &= intact;
    }
    return fine;
  }

  private static String kind(TrackKind kind) {
    return switch (kind) {
      case TRACK_KIND_AUDIO -> "sound";
      case TRACK_KIND_VIDEO -> "video";
      default -> "screen";
    };
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
