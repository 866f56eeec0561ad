package io.vaxel.server.doctor;

import io.vaxel.common.tls.CertificateFolder;
import io.vaxel.common.tls.DamagedCertificateException;
import io.vaxel.common.tls.TlsIdentity;
import io.vaxel.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Dates and names of the certificate that clients will see. */
final class CertificateCheck {
  private static final String SUBJECT = "certificate";

  /** An operator's certificate this close to its end deserves a word. */
  private static final Duration SOON = Duration.ofDays(14);

  private final ServerConfig config;
  private final Set<String> names;
  private final Instant now;

  CertificateCheck(ServerConfig config, Set<String> names, Instant now) {
    this.config = config;
    this.names = names;
    this.now = now;
  }

  Finding finding() {
    boolean own = config.http().hasOwnCertificate();
    Path chain = own ? Path.of(config.http().certificate()) : config.data().resolve("server.pem");
    Path key = own ? Path.of(config.http().key()) : chain;
    if (!own && !Files.exists(chain)) {
      return Finding.ok(SUBJECT, "none yet; the first start makes one for " + names);
    }
    TlsIdentity identity;
    try {
      identity = CertificateFolder.readIdentity(chain, key);
    } catch (DamagedCertificateException e) {
      return Finding.problem(SUBJECT, String.valueOf(e.getMessage()), "Replace the file.");
    } catch (IOException e) {
      return Finding.problem(SUBJECT, "can't be read: " + e, "Check the path and its permissions.");
    }
    return judge(identity, own);
  }

  private Finding judge(TlsIdentity identity, boolean own) {
    Instant begin = identity.chain().getFirst().getNotBefore().toInstant();
    if (now.isBefore(begin)) {
      return Finding.problem(
          SUBJECT,
          "it is valid from " + begin + ", which is in the future",
          "Set the clock of this machine; timedatectl shows it.");
    }
    if (!own) {
      return Finding.ok(
          SUBJECT,
          "ends on "
              + identity.end()
              + "; renewed by itself; clients trust "
              + config.data().resolve("ca.pem").toAbsolutePath());
    }
    if (now.isAfter(identity.end())) {
      return Finding.problem(
          SUBJECT, "it ended on " + identity.end(), "Renew it; a running server picks it up.");
    }
    Set<String> missing = new HashSet<>(publicNames());
    missing.removeAll(CertificateFolder.namesOf(identity.chain().getFirst()));
    if (!missing.isEmpty()) {
      return Finding.warning(
          SUBJECT,
          "it is not valid for " + missing,
          "Clients that use these names refuse it; get one that holds them.");
    }
    return now.plus(SOON).isAfter(identity.end())
        ? Finding.warning(SUBJECT, "it ends on " + identity.end(), "Renew it soon.")
        : Finding.ok(SUBJECT, "yours, ends on " + identity.end());
  }

  private Set<String> publicNames() {
    String host = config.endpoint(config.http().port()).getHost();
    return host == null ? Set.of() : Set.of(host.replaceAll("[\\[\\]]", ""));
  }
}
