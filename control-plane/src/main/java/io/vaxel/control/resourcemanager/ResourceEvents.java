package io.vaxel.control.resourcemanager;

import org.jdbi.v3.core.Handle;

/** Tells subscribers of resources that were written or deleted. */
final class ResourceEvents {
  /** A resource was made or changed, in this transaction. */
  void written(Handle sql, CommunicationResource resource) {}

  /** A resource was deleted, in this transaction. */
  void deleted(Handle sql, CommunicationResource resource) {}
}
