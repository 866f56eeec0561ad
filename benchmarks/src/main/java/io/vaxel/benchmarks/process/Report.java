package io.vaxel.benchmarks.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;

/** What a measurement found, for people or as one JSON object. */
public final class Report {
  private Report() {}

  /** Prints the findings in their order. */
  public static void print(PrintWriter out, boolean json, Map<String, ?> findings)
      throws IOException {
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(findings));
    } else {
      findings.forEach((name, value) -> out.printf("%-30s %s%n", name, value));
    }
    out.flush();
  }

  /** A figure to a thousandth. */
  public static double round(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
