package io.vaxel.server.doctor;

import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data folder. */
final class DataCheck {
  private static final long LITTLE_SPACE = 1L << 30;

  private final ServerConfig config;

  DataCheck(ServerConfig config) {
    this.config = config;
  }

  Finding finding() {
    Path folder = config.data().toAbsolutePath();
    if (!Files.exists(folder)) {
      Path parent = folder;
      while (parent != null && !Files.exists(parent)) {
        parent = parent.getParent();
      }
      return parent != null && Files.isWritable(parent)
          ? Finding.ok("data folder", folder + " is made at the first start")
          : Finding.problem(
              "data folder",
              folder + " does not exist and " + parent + " is not writable",
              "Make it, owned by the user that runs the server, or use --data.");
    }
    if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
      return Finding.problem(
          "data folder",
          folder + " is not a folder that this user can write to",
          "Give it to the user that runs the server (chown), or use --data.");
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      return free < LITTLE_SPACE
          ? Finding.warning(
              "data folder",
              "only " + (free >> 20) + " MiB are free for " + folder,
              "Make room: a full disk stops every write.")
          : Finding.ok("data folder", folder + ", " + (free >> 30) + " GiB free");
    } catch (IOException e) {
      return Finding.problem(
          "data folder", folder + " can't be looked at: " + e, "Check the disk.");
    }
  }
}
