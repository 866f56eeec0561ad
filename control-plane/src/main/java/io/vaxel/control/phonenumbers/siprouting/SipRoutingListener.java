package io.vaxel.control.phonenumbers.siprouting;

import java.util.UUID;

/** Hears how calls to the telephone network shall go. The bridge is one. */
public interface SipRoutingListener {
  /**
   * A resource has this configuration. Called after it is on disk, on the thread that changed it,
   * so it should hand over and return. When two changes come at once, the calls may come in either
   * order; the one with the higher version holds.
   *
   * @param version counts the changes of this resource's configuration, from 1
   */
  void changed(UUID resourceId, SipConfiguration configuration, long version);
}
