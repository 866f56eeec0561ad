package io.vaxel.signaling.call;

import io.vaxel.signaling.RequestRefusedException;
import io.vaxel.signaling.SignalingError;
import java.util.concurrent.ConcurrentHashMap;

/** The transfers that are under way, by id. Safe for any thread. */
final class Transfers {
  private final ConcurrentHashMap<String, Transfer> byId = new ConcurrentHashMap<>();

  void add(Transfer transfer) {
    byId.put(transfer.id(), transfer);
  }

  void remove(Transfer transfer) {
    byId.remove(transfer.id(), transfer);
  }

  /** The transfer of this user; refuses the request with UNKNOWN_TRANSFER when there is none. */
  Transfer of(String transferId, CallUser transferee) throws RequestRefusedException {
    Transfer found = byId.get(transferId);
    if (found == null || !found.transferee().userId().equals(transferee.userId())) {
      throw new RequestRefusedException(SignalingError.UNKNOWN_TRANSFER);
    }
    return found;
  }
}
