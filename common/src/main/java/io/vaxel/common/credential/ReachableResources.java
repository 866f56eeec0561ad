package io.vaxel.common.credential;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where resources and the access keys in force are found. A key that was replaced is not among them
 * from that moment on, also when another process replaced it. Safe for any thread; may block.
 */
public interface ReachableResources {
  /**
   * The resources that a request may mean: the one whose own host name it is, else all that share
   * the server's.
   *
   * @param host the host that the caller asked for, lower case, without a port; may be empty
   * @return bounded: each costs the time of a signature check
   */
  List<ReachedResource> at(String host);

  /** The same, and only when it is this resource. */
  Optional<ReachedResource> at(String host, UUID id);

  /**
   * The resource that a bearer opens: the one whose own host name it is, else the named one when it
   * is among those that share the server's.
   */
  Optional<ReachedResource> at(String host, String name);
}
