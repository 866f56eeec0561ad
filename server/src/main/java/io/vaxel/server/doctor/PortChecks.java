package io.vaxel.server.doctor;

import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether the ports are free, or taken by the very server that is meant. */
final class PortChecks {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final ServerConfig config;

  PortChecks(ServerConfig config) {
    this.config = config;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    boolean running = isServerRunning();
    findings.add(httpPort(running));
    findings.addAll(mediaPorts(running));
    findings.add(adminPort(running));
    return findings;
  }

  private Finding httpPort(boolean running) {
    int port = config.http().port();
    if (running) {
      return Finding.ok("http port", "a Vaxel server answers on TCP " + port);
    }
    String taken = tcpTaken(config.http().address(), port);
    return taken.isEmpty()
        ? Finding.ok("http port", "TCP " + port + " is free")
        : Finding.problem(
            "http port",
            "TCP " + port + " can't be listened on: " + taken,
            "Stop the program that has it (ss -ltnp shows which), or use --port.");
  }

  private List<Finding> mediaPorts(boolean running) {
    int first = config.media().port();
    if (first == 0) {
      return List.of(Finding.ok("media ports", "any free ones"));
    }
    if (running) {
      return List.of(Finding.ok("media ports", "the running server has them"));
    }
    List<Finding> findings = new ArrayList<>();
    int last = first + config.media().actualLoops() - 1;
    for (int port = first; port <= last; port++) {
      String udp = config.media().udp() ? udpTaken(config.media().address(), port) : "";
      String tcp = config.media().tcp() ? tcpTaken(config.media().address(), port) : "";
      if (!udp.isEmpty() || !tcp.isEmpty()) {
        findings.add(
            Finding.problem(
                "media ports",
                (udp.isEmpty() ? "TCP " : "UDP ")
                    + port
                    + " can't be listened on: "
                    + (udp.isEmpty() ? tcp : udp),
                "Stop the program that has it (ss -lunp and ss -ltnp show which), or set"
                    + " media.port to a free range."));
      }
    }
    if (findings.isEmpty()) {
      findings.add(
          Finding.ok(
              "media ports",
              "UDP and TCP " + first + " to " + last + " are free; open them in the firewall"));
    }
    return findings;
  }

  private Finding adminPort(boolean running) {
    int port = config.admin().port();
    String taken = running ? "" : tcpTaken(config.admin().address(), port);
    return taken.isEmpty()
        ? Finding.ok("metrics port", "TCP " + port + (running ? " is in use by it" : " is free"))
        : Finding.problem(
            "metrics port",
            "TCP " + port + " can't be listened on: " + taken,
            "Stop the program that has it, or set admin.port (0 takes a free one).");
  }

  private boolean isServerRunning() {
    if (config.http().port() == 0) {
      return false;
    }
    URI health = URI.create("http://127.0.0.1:" + config.http().port() + "/health/live");
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request = HttpRequest.newBuilder(health).timeout(PATIENCE).build();
      return client.send(request, BodyHandlers.ofString()).body().equals("{\"status\":\"live\"}");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String tcpTaken(String address, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(at(address, port));
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static String udpTaken(String address, int port) {
    try (DatagramSocket socket = new DatagramSocket(null)) {
      socket.bind(at(address, port));
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static InetSocketAddress at(String address, int port) {
    return address.equals("*") ? new InetSocketAddress(port) : new InetSocketAddress(address, port);
  }
}
