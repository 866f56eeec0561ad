package io.vaxel.control.phonenumbers;

import java.util.List;

/**
 * A part of a list.
 *
 * @param skip how many items to leave out, from 0
 * @param size how many to give at most, from 1
 */
public record Page(int skip, int size) {
  /**
   * The items of a page.
   *
   * @param items as many as there are, up to the size of the page
   * @param more whether there is another page
   */
  public record Of<T>(List<T> items, boolean more) {
    public Of {
      items = List.copyOf(items);
    }
  }

  /** How many rows to read: one more than the page has, which tells whether there is another. */
  int rows() {
    return size + 1;
  }

  /** Makes a page of {@link #rows()} rows. */
  <T> Of<T> of(List<T> read) {
    boolean more = read.size() > size;
    return new Of<>(more ? read.subList(0, size) : read, more);
  }
}
