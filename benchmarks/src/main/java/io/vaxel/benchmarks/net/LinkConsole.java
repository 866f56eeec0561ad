package io.vaxel.benchmarks.net;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The words that steer a running emulator, one line each:
 *
 * <pre>
 * LABEL up|down SETTING VALUE ...   changes one direction, settings as {@link Impairment#with}
 * counters                          one line for each direction, then ok
 * </pre>
 *
 * Every line is answered by {@code ok} or by {@code error} and a reason, which changed nothing.
 */
final class LinkConsole {
  private final LinkEmulator emulator;

  LinkConsole(LinkEmulator emulator) {
    this.emulator = emulator;
  }

  /** The answer to a line, of one or more lines. */
  String answer(String line) {
    try {
      return obey(List.of(line.strip().split("\\s+")));
    } catch (IllegalArgumentException e) {
      return "error " + e.getMessage();
    }
  }

  private String obey(List<String> words) {
    if (words.equals(List.of("counters"))) {
      return emulator.links().stream()
          .map(link -> counters(link, "up") + counters(link, "down"))
          .collect(Collectors.joining("", "", "ok"));
    }
    if (words.size() < 4 || words.size() % 2 != 0) {
      throw new IllegalArgumentException("expected: LABEL up|down SETTING VALUE ...");
    }
    LinkDirection direction = direction(emulator.link(words.get(0)), words.get(1));
    Impairment impairment = direction.impairment();
    for (int i = 2; i < words.size(); i += 2) {
      impairment = impairment.with(words.get(i), words.get(i + 1));
    }
    direction.impair(impairment);
    return "ok";
  }

  private static LinkDirection direction(LinkEmulator.Link link, String name) {
    return switch (name) {
      case "up" -> link.uplink();
      case "down" -> link.downlink();
      default -> throw new IllegalArgumentException("a direction is up or down, not " + name);
    };
  }

  private static String counters(LinkEmulator.Link link, String name) {
    LinkCounters counters = direction(link, name).counters();
    return "%s %s lost %d overflowed %d passed %d reordered %d bytes %d%n"
        .formatted(
            link.label(),
            name,
            counters.lost(),
            counters.overflowed(),
            counters.passed(),
            counters.reordered(),
            counters.passedBytes());
  }
}
