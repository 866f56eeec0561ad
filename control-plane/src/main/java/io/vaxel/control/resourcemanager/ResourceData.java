package io.vaxel.control.resourcemanager;

import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * What a service keeps for a resource, and removes when the resource is deleted. Every service with
 * tables of its own has one.
 */
@FunctionalInterface
public interface ResourceData {
  /**
   * Removes some of it, in the caller's transaction.
   *
   * @param most how many rows at most, so that a transaction stays short
   * @return how many were removed; fewer than {@code most} when nothing is left
   */
  int removeSome(Handle sql, UUID resourceId, int most);
}
