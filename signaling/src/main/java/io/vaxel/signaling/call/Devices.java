package io.vaxel.signaling.call;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;

/** The devices that ring, by user. Safe for any thread. */
public final class Devices {
  private final ConcurrentHashMap<String, Set<Device>> byUser = new ConcurrentHashMap<>();
  private final int limit;

  /**
   * @param limit devices of one user
   */
  public Devices(int limit) {
    this.limit = limit;
  }

  /**
   * Signs a device in.
   *
   * @param userId a raw id, which names the resource too
   * @return false when the user has too many; nothing has changed then
   */
  public boolean add(String userId, Device device) {
    Set<Device> devices =
        byUser.compute(
            userId,
            (_, known) -> {
              Set<Device> all = known == null ? new CopyOnWriteArraySet<>() : known;
              if (all.size() < limit) {
                all.add(device);
              }
              return all;
            });
    return devices.contains(device);
  }

  /** Signs a device out. */
  public void remove(String userId, Device device) {
    byUser.computeIfPresent(
        userId,
        (_, devices) -> {
          devices.remove(device);
          return devices.isEmpty() ? null : devices;
        });
  }

  /** The devices of a user, now. */
  public List<Device> of(String userId) {
    return List.copyOf(byUser.getOrDefault(userId, Set.of()));
  }
}
