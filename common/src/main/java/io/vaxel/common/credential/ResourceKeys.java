package io.vaxel.common.credential;

import java.util.List;

/** Where the access keys in force are found. Safe for any thread; may block. */
@FunctionalInterface
public interface ResourceKeys {
  /** The keys that open a resource at this moment; a key that was replaced is not among them. */
  List<ResourceKey> inForce();
}
