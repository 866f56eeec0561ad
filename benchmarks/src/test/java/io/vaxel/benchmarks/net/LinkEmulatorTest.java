package io.vaxel.benchmarks.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real packets between real namespaces; needs root. */
class LinkEmulatorTest {
  private record Result(int received, long medianMicros) {}

  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void needsNamespaces() {
    Optional<String> missing = NetworkNamespace.unavailable();
    Assumptions.assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void lossDelayAndRateComeOutAsAsked() throws IOException {
    try (LinkEmulator emulator = new LinkEmulator(List.of("a", "b"), 91, 1)) {
      LinkDirection uplink = emulator.link("a").uplink();
      LinkDirection back = emulator.link("b").uplink();
      echo(emulator.link("b"));

      assertEquals(200, probe(emulator, 200, 2000, 200).received);

      uplink.impair(Impairment.NONE.withDelay(Duration.ofMillis(50), Duration.ZERO));
      back.impair(Impairment.NONE.withDelay(Duration.ofMillis(30), Duration.ofMillis(5)));
      Result slow = probe(emulator, 200, 2000, 200);
      assertEquals(200, slow.received);
      long millis = slow.medianMicros / 1000;
      assertTrue(millis >= 75 && millis < 120, millis + " ms");

      back.impair(Impairment.NONE);
      uplink.impair(Impairment.NONE.withLoss(10));
      long lostBefore = uplink.counters().lost();
      int through = probe(emulator, 1000, 1000, 200).received;
      assertTrue(through > 850 && through < 950, through + " of 1000");
      assertEquals(1000 - through, uplink.counters().lost() - lostBefore);

      // 1,000 bytes at 1,000 kbit/s take 8 ms; at once they are offered, a queue of 200 ms holds
      // 25.
      uplink.impair(Impairment.NONE.withRate(1000, Duration.ofMillis(200), 0));
      int queued = probe(emulator, 100, 0, 972).received;
      assertTrue(queued >= 26 && queued <= 40, queued + " of 100");
      assertEquals(0, emulator.overflowed());
    }
  }

  @Test
  void closingRemovesTheNamespaces() throws IOException {
    LinkEmulator emulator = new LinkEmulator(List.of("a", "b"), 92, 1);
    List<Path> names =
        emulator.links().stream()
            .map(link -> Path.of("/run/netns", link.namespace().name()))
            .toList();
    names.forEach(name -> assertTrue(Files.exists(name), name + " was not made"));
    emulator.close();
    names.forEach(name -> assertFalse(Files.exists(name), name + " was left behind"));
    emulator.close();
  }

  @Test
  void badLabelsLeaveNothingBehind() {
    assertThrows(IllegalArgumentException.class, () -> new LinkEmulator(List.of("a", "a"), 93, 1));
    assertThrows(IllegalArgumentException.class, () -> new LinkEmulator(List.of("A b"), 93, 1));
    assertThrows(IllegalArgumentException.class, () -> new LinkEmulator(List.of(), 93, 1));
  }

  @Test
  void theConsoleChangesWhatItUnderstandsAndNothingElse() throws IOException {
    try (LinkEmulator emulator = new LinkEmulator(List.of("a"), 94, 1)) {
      LinkConsole console = new LinkConsole(emulator);
      LinkDirection downlink = emulator.link("a").downlink();
      assertEquals("ok", console.answer("a down loss 5 delay 20ms"));
      Impairment changed = Impairment.NONE.withLoss(5).with("delay", "20ms");
      assertEquals(changed, downlink.impairment());
      assertEquals("error unknown setting: colour", console.answer("a down loss 7 colour red"));
      assertEquals("error no namespace is labelled b", console.answer("b up loss 1"));
      assertTrue(console.answer("a sideways loss 1").startsWith("error a direction"));
      assertTrue(console.answer("").startsWith("error expected"));
      assertEquals(changed, downlink.impairment());
      assertEquals(3, console.answer("counters").lines().count());
    }
  }

  private void echo(LinkEmulator.Link link) throws IOException {
    assertEquals("ready", start(link, "echo").readLine());
  }

  private Result probe(LinkEmulator emulator, int count, int micros, int bytes) throws IOException {
    String answer =
        start(
                emulator.link("a"),
                "send",
                emulator.link("b").address(),
                Integer.toString(count),
                Integer.toString(micros),
                Integer.toString(bytes))
            .readLine();
    List<String> words = List.of(String.valueOf(answer).split(" ", 2));
    return new Result(Integer.parseInt(words.get(0)), Long.parseLong(words.get(1)));
  }

  private BufferedReader start(LinkEmulator.Link link, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(UdpProbe.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(link.namespace().command(command))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    processes.add(process);
    return process.inputReader(StandardCharsets.UTF_8);
  }
}
