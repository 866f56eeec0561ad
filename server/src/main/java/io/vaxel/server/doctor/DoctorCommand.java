package io.vaxel.server.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.server.CommonOptions;
import io.vaxel.server.ServerCertificates;
import io.vaxel.server.WebPages;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ServerConfig;
import io.vaxel.server.doctor.Finding.Level;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks at everything that a server needs, and says what to do where something is wrong. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Check ports, certificate, data folder, database, native parts, clock, address and pages.",
      "Says in words what is wrong and what to do. Exits 1 when a server could not work."
    })
public final class DoctorCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(names = "--json", description = "Print a JSON array of findings instead of text.")
  private boolean json;

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException {
    ServerConfig config = common.load(Map.of());
    List<Finding> findings = examine(config, InstantSource.system());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(new ObjectMapper().writeValueAsString(findings));
    } else {
      findings.forEach(finding -> print(out, finding));
    }
    out.flush();
    return findings.stream().anyMatch(finding -> finding.level() == Level.PROBLEM) ? 1 : 0;
  }

  /** Runs every check. */
  static List<Finding> examine(ServerConfig config, InstantSource clock) throws IOException {
    Instant now = clock.instant();
    List<Finding> findings = new ArrayList<>(new PortChecks(config).findings());
    findings.add(
        new CertificateCheck(config, new ServerCertificates(config, clock).names(), now).finding());
    findings.add(new DataCheck(config).finding());
    findings.add(new DatabaseCheck(config.database()).finding());
    findings.addAll(new MachineChecks(config, WebPages.folder(), now).findings());
    return findings;
  }

  private static void print(PrintWriter out, Finding finding) {
    String mark =
        switch (finding.level()) {
          case OK -> "ok      ";
          case WARNING -> "warning ";
          case PROBLEM -> "PROBLEM ";
        };
    out.printf("%s %-13s %s%n", mark, finding.subject(), finding.text());
    if (!finding.advice().isEmpty()) {
      out.printf("%23s-> %s%n", "", finding.advice());
    }
  }
}
