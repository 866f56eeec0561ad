package io.vaxel.control.phonenumbers.siprouting;

import java.util.UUID;

/** Knows how trunks are. The bridge is one; without it nothing is known. Never blocks. */
public interface TrunkHealthSource {
  /** How a trunk of a resource is now. */
  TrunkHealth healthOf(UUID resourceId, String fqdn);
}
