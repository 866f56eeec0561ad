package io.vaxel.benchmarks.load;

import io.vaxel.benchmarks.process.Report;
import io.vaxel.benchmarks.process.ServerOptions;
import io.vaxel.benchmarks.process.ServerProcess;
import io.vaxel.benchmarks.process.TimeOptions;
import io.vaxel.benchmarks.rest.StartCommand;
import io.vaxel.benchmarks.rest.TokensCommand;
import io.vaxel.client.ClientMedia;
import io.vaxel.client.OutgoingTrack;
import io.vaxel.signaling.proto.TrackKind;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what forwarding costs: a server in a process of its own, and clients in this one. */
@Command(
    name = "load",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = {CallsCommand.class, TokensCommand.class, StartCommand.class},
    description = {
      "Start a server in a process of its own, hold one call over it, and report what",
      "forwarding a packet costs the server and how long it takes.",
      "The clients are in this process. With as many publishers as subscribers they are the",
      "same participants, all to all; otherwise publishers receive nothing."
    })
public final class LoadCommand implements Callable<Integer> {
  private static final long CONNECT_SECONDS = 60;

  /** RTP header with the extension that synthetic video carries. */
  private static final int HEADER_BYTES = 20;

  @Option(names = "--publishers", paramLabel = "P", description = "Default: ${DEFAULT-VALUE}.")
  private int publishers = 1;

  @Option(names = "--subscribers", paramLabel = "S", description = "Default: ${DEFAULT-VALUE}.")
  private int subscribers = 50;

  @Option(
      names = "--rate",
      paramLabel = "PPS",
      description = "Packets a second of each publisher. Default: ${DEFAULT-VALUE}.")
  private int rate = 600;

  @Option(
      names = "--burst",
      paramLabel = "N",
      description = "Packets of one frame, sent at once. Default: ${DEFAULT-VALUE}.")
  private int burst = 1;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      description = "RTP packet, 50 to 1400. Default: ${DEFAULT-VALUE}.")
  private int size = 1200;

  @Option(
      names = "--loops",
      paramLabel = "N",
      description = "Media loops of the server. Default: ${DEFAULT-VALUE}.")
  private int loops = 1;

  @Mixin private TimeOptions time = new TimeOptions();

  @Mixin private ServerOptions options = new ServerOptions();

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    check();
    try (ServerProcess server = options.start(loops);
        ClientMedia media = new ClientMedia();
        HttpClient http = HttpClient.newHttpClient()) {
      List<LoadClient> clients = new ArrayList<>();
      Histogram delays = LoadClient.newDelays();
      try {
        return measure(server, media, http, clients, delays);
      } finally {
        clients.forEach(LoadClient::close);
        MediaThread.await(media);
      }
    }
  }

  private void check() {
    if (publishers < 1
        || subscribers < 1
        || !time.isValid()
        || burst < 1
        || rate < burst
        || size < 50
        || size > 1400) {
      throw new ParameterException(
          spec.commandLine(),
          "publishers, subscribers, seconds and burst are at least 1, rate at least burst, size 50"
              + " to 1400");
    }
  }

  private int measure(
      ServerProcess server,
      ClientMedia media,
      HttpClient http,
      List<LoadClient> clients,
      Histogram delays)
      throws Exception {
    List<SyntheticTrack> tracks = join(server, media, http, clients, delays);
    FramePacer pacer = new FramePacer(media.loop());
    for (SyntheticTrack track : tracks) {
      pacer.start((double) rate / burst, track::sendFrame);
    }
    time.warmUp();
    long[] receivedBefore = {0};
    MediaThread.on(
        media,
        () -> {
          delays.reset();
          receivedBefore[0] = received(clients);
        });
    double cpuBefore = server.cpuSeconds();
    long start = System.nanoTime();
    time.measure();
    double cpu = server.cpuSeconds() - cpuBefore;
    double elapsed = (System.nanoTime() - start) / 1e9;
    Map<String, Object> result = new LinkedHashMap<>();
    MediaThread.on(
        media, () -> result.putAll(report(clients, delays, receivedBefore[0], cpu, elapsed)));
    result.put("rssMiB", server.residentMiB());
    pacer.stop();
    TimeUnit.MILLISECONDS.sleep(700);
    MediaThread.on(media, () -> result.put("lossPercent", lossPercent(clients, tracks)));
    options.print(spec.commandLine().getOut(), result);
    return 0;
  }

  private List<SyntheticTrack> join(
      ServerProcess server,
      ClientMedia media,
      HttpClient http,
      List<LoadClient> clients,
      Histogram delays)
      throws Exception {
    String groupId = UUID.randomUUID().toString();
    boolean allToAll = publishers == subscribers;
    int count = allToAll ? publishers : publishers + subscribers;
    List<SyntheticTrack> tracks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boolean publishes = i < publishers;
      LoadClient client = new LoadClient("load" + i, delays);
      clients.add(client);
      client
          .join(
              media,
              http,
              server.endpoint(),
              server.newToken(http),
              groupId,
              allToAll || !publishes)
          .get(CONNECT_SECONDS, TimeUnit.SECONDS);
      if (publishes) {
        List<OutgoingTrack> published =
            client
                .publish(List.of(TrackKind.TRACK_KIND_VIDEO))
                .get(CONNECT_SECONDS, TimeUnit.SECONDS);
        int framesPerSecond = Math.max(1, rate / burst);
        SyntheticTrack track =
            new SyntheticTrack(
                published.getFirst(), i, framesPerSecond, burst, size - HEADER_BYTES);
        client.add(track);
        tracks.add(track);
      }
    }
    return tracks;
  }

  private static long received(List<LoadClient> clients) {
    return clients.stream()
        .flatMap(client -> client.checks().values().stream())
        .mapToLong(StreamCheck::received)
        .sum();
  }

  private Map<String, Object> report(
      List<LoadClient> clients, Histogram delays, long before, double cpu, double elapsed) {
    long forwarded = received(clients) - before;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("publishers", publishers);
    result.put("subscribers", subscribers);
    result.put("packetsPerSecondIn", (long) publishers * rate);
    result.put("packetsPerSecondOut", Math.round(forwarded / elapsed));
    result.put("cpuMicrosPerForwardedPacket", Report.round(cpu * 1e6 / Math.max(1, forwarded)));
    result.put("cpuCores", Report.round(cpu / elapsed));
    result.put("addedLatencyP50Ms", Report.round(delays.getValueAtPercentile(50) / 1e6));
    result.put("addedLatencyP99Ms", Report.round(delays.getValueAtPercentile(99) / 1e6));
    return result;
  }

  /** Of all packets since each subscriber's first; repaired ones are not lost. */
  private static double lossPercent(List<LoadClient> clients, List<SyntheticTrack> tracks) {
    long missing = 0;
    long expected = 0;
    for (LoadClient client : clients) {
      for (Map.Entry<Integer, StreamCheck> entry : client.checks().entrySet()) {
        StreamCheck check = entry.getValue();
        long lost = check.missing(tracks.get(entry.getKey()).sent());
        missing += lost;
        expected += lost + check.received();
      }
    }
    return expected == 0 ? 100 : Report.round(100.0 * missing / expected);
  }
}
