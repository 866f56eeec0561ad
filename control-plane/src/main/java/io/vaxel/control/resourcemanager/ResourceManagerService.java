package io.vaxel.control.resourcemanager;

import io.vaxel.common.event.EventOutbox;
import io.vaxel.common.operation.OperationHandler;
import io.vaxel.common.operation.Operations;
import io.vaxel.common.storage.Database;
import io.vaxel.common.token.TokenRevocations;
import io.vaxel.common.version.ApiVersions;
import java.net.URI;
import java.util.List;

/** Resource management put together. Safe for any thread; blocks. */
public final class ResourceManagerService {
  private final CommunicationResources resources;
  private final ResourceHosts hosts;
  private final Operations operations;
  private final ArmLinks links;
  private final ResourceManager manager;
  private final ResourceDeletion deletion;

  /**
   * @param endpoint where clients reach resource management, with a slash at its end
   * @param data what services keep for resources
   */
  public ResourceManagerService(
      Database database,
      CommunicationResources resources,
      ResourceHosts hosts,
      Operations operations,
      TokenRevocations revocations,
      EventOutbox outbox,
      URI endpoint,
      List<ResourceData> data) {
    this.resources = resources;
    this.hosts = hosts;
    this.operations = operations;
    this.links = new ArmLinks(endpoint.resolve("/"));
    ResourceEvents events = new ResourceEvents(outbox, resources.defaultResource().id());
    this.manager = new ResourceManager(database, resources, hosts, operations, revocations, events);
    this.deletion = new ResourceDeletion(database, operations, resources, data, events);
  }

  /** The versions of its REST API. */
  public static ApiVersions versions() {
    return ResourceManagerVersions.table();
  }

  /** Instances to register with Jakarta REST. */
  public List<Object> restComponents() {
    return List.of(
        new ArmPaths(),
        new CommunicationServicesResource(manager, hosts, links),
        new CommunicationServiceListResource(resources, hosts, links),
        new ArmOperationsResource(operations, resources, links),
        new ProviderOperationsResource());
  }

  /** Makes, changes and deletes resources. */
  public ResourceManager manager() {
    return manager;
  }

  /** What does the deletions. */
  public OperationHandler deletion() {
    return deletion;
  }

  /** Goes on with deletions that a stop left undone; at start, before the worker begins. */
  public void resume() {
    deletion.resume();
  }
}
