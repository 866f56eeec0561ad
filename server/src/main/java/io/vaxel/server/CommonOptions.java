package io.vaxel.server;

import io.vaxel.server.config.ConfigException;
import io.vaxel.server.config.ConfigLoader;
import io.vaxel.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which server is meant, the same for every command. */
public final class CommonOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Folder with everything of the server. Default: vaxel-data.")
  private @Nullable Path data;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML file with settings; reference.yaml explains them all.")
  private @Nullable Path config;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "TCP port of REST, pages and WebSockets. Default: 8443; 0 takes a free one.")
  private @Nullable Integer port;

  @Option(
      names = "--advertise",
      paramLabel = "ADDRESS",
      description = {
        "Host name, IP or IP:PORT that clients reach this machine by,",
        "such as the public address of its router. May be repeated."
      })
  private @Nullable List<String> advertise;

  /**
   * Loads the settings with these options over them and those given.
   *
   * @throws ConfigException when they can't be used
   */
  public ServerConfig load(Map<String, Object> more) throws ConfigException {
    Map<String, Object> options = new HashMap<>(more);
    if (data != null) {
      options.put("data", data.toString());
    }
    if (port != null) {
      options.put("http.port", port);
    }
    if (advertise != null) {
      options.put("public.advertise", advertise);
    }
    return new ConfigLoader().load(config, options);
  }
}
