package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.AccessKeyValue;
import io.vaxel.common.credential.ReachableResources;
import io.vaxel.common.credential.ReachedResource;
import io.vaxel.common.storage.Database;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * By which host names resources are reached. Without a public domain all share the server's own,
 * the oldest so many of them. With one each has {@code NAME.DOMAIN} for itself, and the server's
 * own names reach the resource {@code default}. Safe for any thread; blocks.
 *
 * <p>Keys are read for every request, not cached: a key that was replaced must not work a moment
 * longer, also when another process replaced it, and the read costs less than the signature check.
 */
public final class ResourceHosts implements ReachableResources {
  private final Database database;
  private final URI publicEndpoint;
  private final String domain;
  private final int perHost;

  /**
   * @param publicEndpoint where clients reach the server, with a slash at its end
   * @param domain under which each resource has a name of its own, or empty
   * @param perHost how many resources may share the server's own host
   */
  public ResourceHosts(Database database, URI publicEndpoint, String domain, int perHost) {
    this.database = database;
    this.publicEndpoint = publicEndpoint.resolve("/");
    this.domain = domain.toLowerCase(Locale.ROOT);
    this.perHost = perHost;
  }

  /** How many resources there may be. */
  long most() {
    // A host name of its own costs a resource nothing, yet no table is without an end.
    return domain.isEmpty() ? perHost : 10_000;
  }

  /** Where clients reach a resource, with a slash at the end. */
  public URI endpointOf(String name) {
    if (domain.isEmpty()) {
      return publicEndpoint;
    }
    int port = publicEndpoint.getPort();
    return URI.create(
        "https://"
            + name.toLowerCase(Locale.ROOT)
            + "."
            + domain
            + (port < 0 ? "" : ":" + port)
            + "/");
  }

  @Override
  public List<ReachedResource> at(String host) {
    return domain.isEmpty()
        ? read("name_key <> :value", "")
        : at(host, CommunicationResources.DEFAULT).map(List::of).orElse(List.of());
  }

  @Override
  public Optional<ReachedResource> at(String host, UUID id) {
    return read("id = :value", id.toString()).stream()
        .filter(resource -> domain.isEmpty() || isReachedBy(host, resource))
        .findFirst();
  }

  @Override
  public Optional<ReachedResource> at(String host, String name) {
    String meant = domain.isEmpty() ? name : nameIn(host).orElse(CommunicationResources.DEFAULT);
    return read("name_key = :value", meant.toLowerCase(Locale.ROOT)).stream().findFirst();
  }

  private boolean isReachedBy(String host, ReachedResource resource) {
    return endpointOf(nameIn(host).orElse(CommunicationResources.DEFAULT))
        .equals(resource.endpoint());
  }

  /** The name of the resource whose own host this is, whether or not there is such a resource. */
  private Optional<String> nameIn(String host) {
    return host.endsWith("." + domain)
        ? Optional.of(host.substring(0, host.length() - domain.length() - 1))
        : Optional.empty();
  }

  /** One row for each key, those of a resource one after the other. */
  private List<ReachedResource> read(String condition, String value) {
    List<KeyRow> rows =
        database
            .jdbi()
            .withHandle(
                sql ->
                    sql.createQuery(
                            "select r.id, r.name, r.disable_local_auth, k.secret from"
                                + " (select id, name, disable_local_auth, created_at"
                                + " from resources where state = 'Succeeded' and "
                                + condition
                                + " order by created_at, id limit :most) r"
                                + " join resource_keys k on k.resource_id = r.id"
                                + " order by r.created_at, r.id, k.slot")
                        .bindMap(Map.of("most", perHost, "value", value))
                        .map(
                            (row, context) ->
                                new KeyRow(
                                    UUID.fromString(row.getString("id")),
                                    row.getString("name"),
                                    row.getLong("disable_local_auth") == 0,
                                    new AccessKeyValue(row.getString("secret"))))
                        .list());
    Map<UUID, List<KeyRow>> byResource =
        rows.stream()
            .collect(Collectors.groupingBy(KeyRow::id, LinkedHashMap::new, Collectors.toList()));
    return byResource.values().stream()
        .map(
            keys ->
                new ReachedResource(
                    keys.getFirst().id(),
                    endpointOf(keys.getFirst().name()),
                    keys.getFirst().allowed(),
                    keys.stream().map(KeyRow::key).toList()))
        .toList();
  }

  private record KeyRow(UUID id, String name, boolean allowed, AccessKeyValue key) {}
}
