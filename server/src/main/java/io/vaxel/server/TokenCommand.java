package io.vaxel.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.IssuedToken;
import io.vaxel.common.token.TokenScope;
import io.vaxel.control.ControlPlane;
import io.vaxel.control.identity.IdentityNotOwnedException;
import io.vaxel.control.identity.IdentityService;
import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a user access token, for trying things out, or an operator token. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Create a user, or take one, and print an access token; or print an operator token.",
      "Works on the data folder of a server, whether it runs or not."
    })
final class TokenCommand implements Callable<Integer> {
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      split = ",",
      description = "What it allows: chat, chat.join, chat.join.limited, voip, voip.join.")
  private List<String> scopes = List.of();

  @Option(
      names = "--admin",
      description = {
        "Print an operator token instead, the bearer of resource management",
        "and of /admin. It cannot be revoked."
      })
  private boolean admin;

  @Option(
      names = "--user",
      paramLabel = "RAWID",
      description = "A user that exists, as 8:acs:... Default: a new one.")
  private @Nullable String user;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = {
        "How long it is valid, 60 to 1440. Default: 1440.",
        "With --admin 1 to 1440. Default: 60."
      })
  private @Nullable Integer minutes;

  @Option(names = "--json", description = "Print one JSON object instead of text.")
  private boolean json;

  // Set by picocli before call().
  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws ConfigException, IOException {
    if (admin == !scopes.isEmpty() || (admin && user != null)) {
      throw new ParameterException(
          spec.commandLine(), "Give --scope, and --user if you like, or --admin alone");
    }
    ServerConfig config = common.load(Map.of());
    Files.createDirectories(config.data());
    try (Database database = Database.open(config.database());
        ControlPlane controlPlane =
            new ControlPlane(
                database,
                ControlPlane.Settings.of(config.endpoint(config.http().port()), false)
                    .with(config.resourceSettings()),
                InstantSource.system())) {
      if (admin) {
        print(null, controlPlane.operatorTokens().issue(lifetime(60)));
      } else {
        IdentityService identity = controlPlane.identity();
        String rawId = user == null ? identity.createUser() : user;
        print(rawId, identity.issueToken(rawId, parsedScopes(), lifetime(1440)));
      }
      return 0;
    } catch (IdentityNotOwnedException | IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Duration lifetime(int otherwise) {
    return Duration.ofMinutes(minutes == null ? otherwise : minutes);
  }

  private Set<TokenScope> parsedScopes() {
    Set<TokenScope> parsed = EnumSet.noneOf(TokenScope.class);
    for (String scope : scopes) {
      parsed.add(
          TokenScope.of(scope)
              .orElseThrow(() -> new IllegalArgumentException("There is no scope " + scope)));
    }
    return parsed;
  }

  private void print(@Nullable String rawId, IssuedToken token) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, String> facts = new LinkedHashMap<>();
      if (rawId != null) {
        facts.put("userId", rawId);
      }
      facts.put("token", token.token());
      facts.put("expiresOn", token.expiresAt().toString());
      out.println(new ObjectMapper().writeValueAsString(facts));
    } else {
      if (rawId != null) {
        out.println("user     " + rawId);
      }
      out.println("expires  " + token.expiresAt());
      out.println("token    " + token.token());
    }
    out.flush();
  }
}
