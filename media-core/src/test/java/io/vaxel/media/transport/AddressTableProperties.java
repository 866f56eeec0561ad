package io.vaxel.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The table behaves as a map, through growth and removals in any order. */
class AddressTableProperties {
  record Step(boolean put, int key) {}

  @Property
  void behavesAsAMap(
      @ForAll @Size(max = 400) List<@IntRange(min = 0, max = 120) Integer> keys,
      @ForAll @Size(max = 400) List<Boolean> puts) {
    AddressTable<Integer> table = new AddressTable<>();
    Map<Integer, Integer> model = new HashMap<>();
    for (int i = 0; i < Math.min(keys.size(), puts.size()); i++) {
      int key = keys.get(i);
      if (puts.get(i)) {
        table.put(key % 3, key, key & 7, i);
        model.put(key, i);
      } else {
        table.remove(key % 3, key, key & 7);
        model.remove(key);
      }
      assertEquals(model.size(), table.size());
    }
    for (int key = 0; key <= 120; key++) {
      assertEquals(model.get(key), table.get(key % 3, key, key & 7));
    }
  }
}
