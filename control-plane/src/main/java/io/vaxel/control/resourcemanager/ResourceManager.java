package io.vaxel.control.resourcemanager;

import io.vaxel.common.credential.CallingOperator;
import io.vaxel.common.operation.Operation;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.TokenRevocations;
import io.vaxel.control.resourcemanager.CommunicationResource.Settings;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Makes, changes and deletes resources: the rules of {@code Microsoft.Communication}. Refusals are
 * those of {@link ArmErrors}. Safe for any thread; blocks. What a method did is on disk when it
 * returns.
 */
public final class ResourceManager {
  /** Whose the operations of this service are: nobody's in particular. */
  static final UUID OWNER = new UUID(0, 0);

  /** How often a change is begun again that others have overtaken. */
  private static final int ATTEMPTS = 5;

  private final Database database;
  private final CommunicationResources resources;
  private final ResourceHosts hosts;
  private final Operations operations;
  private final TokenRevocations revocations;
  private final ResourceEvents events;

  ResourceManager(
      Database database,
      CommunicationResources resources,
      ResourceHosts hosts,
      Operations operations,
      TokenRevocations revocations,
      ResourceEvents events) {
    this.database = database;
    this.resources = resources;
    this.hosts = hosts;
    this.operations = operations;
    this.revocations = revocations;
    this.events = events;
  }

  /**
   * What a put did.
   *
   * @param resource as it is now
   * @param created whether it is new
   */
  public record Outcome(CommunicationResource resource, boolean created) {}

  /**
   * How settings are to be changed; may be asked again with newer ones.
   *
   * @param <X> what it throws when they cannot be
   */
  @FunctionalInterface
  public interface Change<X extends Exception> {
    /** The settings as they shall be. */
    Settings of(Settings before) throws X;
  }

  /**
   * Makes a resource, or replaces the settings of the one that is there.
   *
   * @param dataLocation of a new resource; null keeps that of an old one
   */
  public Outcome put(
      ResourcePlace place,
      String name,
      @Nullable String dataLocation,
      Settings settings,
      Precondition precondition,
      CallingOperator caller) {
    if (!ResourceRules.isName(name)) {
      throw ArmErrors.invalidName();
    }
    if (dataLocation != null && !ResourceRules.isDataLocation(dataLocation)) {
      throw ArmErrors.invalidDataLocation();
    }
    Optional<CommunicationResource> existing = resources.find(name);
    if (existing.isEmpty()) {
      precondition.require(existing);
      if (dataLocation == null) {
        throw ArmErrors.required("properties.dataLocation");
      }
      CommunicationResource made =
          ResourceRules.newResource(name, place, dataLocation, settings, caller, resources.now());
      if (create(made)) {
        return new Outcome(made, true);
      }
      // Somebody else was faster with the name.
    }
    CommunicationResource found = resources.find(name).orElseThrow(ArmErrors::tooManyChanges);
    if (!isAt(place, found)) {
      throw ArmErrors.nameTaken();
    }
    if (dataLocation != null && !dataLocation.equalsIgnoreCase(found.dataLocation())) {
      throw ArmErrors.dataLocationIsFixed();
    }
    return new Outcome(update(place, name, before -> settings, precondition, caller), false);
  }

  private boolean create(CommunicationResource made) {
    return database.inTransaction(
        sql ->
            switch (resources.insert(sql, made, hosts.most())) {
              case DONE -> {
                events.written(sql, made);
                yield true;
              }
              case NAME_TAKEN -> false;
              case FULL -> throw ArmErrors.full(hosts.most());
            });
  }

  /**
   * Changes the settings of a resource. When others change it at the same time, the change is made
   * to what they left, unless the precondition names a version.
   */
  public <X extends Exception> CommunicationResource update(
      ResourcePlace place,
      String name,
      Change<X> change,
      Precondition precondition,
      CallingOperator caller)
      throws X {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CommunicationResource before = inUse(place, name);
      precondition.require(Optional.of(before));
      Settings settings = change.of(before.settings());
      if (write(changed(before, settings, before.notificationHubId(), caller))) {
        return get(place, name);
      }
      if (precondition.namesVersion()) {
        throw ArmErrors.preconditionFailed();
      }
    }
    throw ArmErrors.tooManyChanges();
  }

  /** Remembers the notification hub that the resource was linked to. */
  public void linkNotificationHub(
      ResourcePlace place, String name, String hubId, CallingOperator caller) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      CommunicationResource before = inUse(place, name);
      if (write(changed(before, before.settings(), hubId, caller))) {
        return;
      }
    }
    throw ArmErrors.tooManyChanges();
  }

  private boolean write(CommunicationResource resource) {
    return database.inTransaction(
        sql -> {
          boolean written = resources.update(sql, resource);
          if (written) {
            events.written(sql, resource);
          }
          return written;
        });
  }

  /** The resource at a place, also while it is being deleted. */
  public CommunicationResource get(ResourcePlace place, String name) {
    return resources
        .find(name)
        .filter(found -> isAt(place, found))
        .orElseThrow(() -> ArmErrors.notFound(place, name));
  }

  private CommunicationResource inUse(ResourcePlace place, String name) {
    CommunicationResource found = get(place, name);
    if (!found.inUse()) {
      throw ArmErrors.beingDeleted();
    }
    return found;
  }

  /** Both keys of a resource. */
  public AccessKeys.Pair keys(ResourcePlace place, String name) {
    return resources.keys().of(inUse(place, name).id());
  }

  /**
   * Replaces a key: the old one stops to work at once, and user tokens stop that were issued before
   * both keys were replaced.
   */
  public AccessKeys.Pair regenerate(ResourcePlace place, String name, AccessKeys.Slot slot) {
    UUID id = inUse(place, name).id();
    AccessKeys.Pair keys =
        database.inTransaction(sql -> resources.keys().regenerate(sql, id, slot));
    revocations.announce(new TokenRevocations.Revocation(id.toString(), null));
    return keys;
  }

  /**
   * Begins to delete a resource: nobody gets in any more, and its data is removed in the
   * background.
   *
   * @return the operation to poll; empty when there is no such resource
   */
  public Optional<Operation> delete(
      ResourcePlace place, String name, Precondition precondition, CallingOperator caller) {
    if (name.equalsIgnoreCase(CommunicationResources.DEFAULT)
        && place.groupKey().equals(ResourcePlace.DEFAULT.groupKey())) {
      throw ArmErrors.defaultStays();
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<CommunicationResource> found =
          resources.find(name).filter(resource -> isAt(place, resource));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      precondition.require(found);
      Optional<Operation> begun = database.inTransaction(sql -> begin(sql, found.get(), caller));
      if (begun.isPresent()) {
        revocations.announce(new TokenRevocations.Revocation(found.get().id().toString(), null));
        return begun;
      }
    }
    throw ArmErrors.tooManyChanges();
  }

  /** Asked again, it begins again: a deletion that gave up for want of a database goes on then. */
  private Optional<Operation> begin(
      Handle sql, CommunicationResource resource, CallingOperator caller) {
    if (resource.inUse()
        && !resources.update(
            sql,
            new CommunicationResource(
                resource.id(),
                resource.name(),
                resource.place(),
                resource.dataLocation(),
                resource.region(),
                resource.location(),
                resource.settings(),
                resource.notificationHubId(),
                CommunicationResource.State.DELETING,
                resource.version(),
                history(resource, caller)))) {
      return Optional.empty();
    }
    return Optional.of(
        operations.start(sql, OWNER, ResourceDeletion.KIND, resource.id().toString()));
  }

  private CommunicationResource changed(
      CommunicationResource before,
      Settings settings,
      @Nullable String hubId,
      CallingOperator caller) {
    return new CommunicationResource(
        before.id(),
        before.name(),
        before.place(),
        before.dataLocation(),
        before.region(),
        before.location(),
        settings,
        hubId,
        before.state(),
        before.version(),
        history(before, caller));
  }

  private ResourceHistory history(CommunicationResource before, CallingOperator caller) {
    return new ResourceHistory(
        before.history().createdBy(), before.history().createdAt(), caller, resources.now());
  }

  private static boolean isAt(ResourcePlace place, CommunicationResource resource) {
    return place.subscriptionId().equals(resource.place().subscriptionId())
        && place.groupKey().equals(resource.place().groupKey());
  }
}
