package io.vaxel.server.numbers;

import io.vaxel.control.phonenumbers.InvalidInventoryException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An inventory that the command works on. Blocks. */
interface NumbersTarget {
  /**
   * Adds the numbers of a list, all or none, and returns how many they are.
   *
   * @param json whether it is JSON; else CSV
   * @throws InvalidInventoryException when lines are not valid
   */
  int importList(String list, boolean json) throws IOException, InvalidInventoryException;

  /**
   * The numbers with what is known of them, in their order.
   *
   * @param owned whether a resource owns them; null for all
   */
  List<Map<String, Object>> list(@Nullable Boolean owned) throws IOException;

  /** Takes a number from its owner; false when nobody owns it. */
  boolean release(String number) throws IOException;
}
