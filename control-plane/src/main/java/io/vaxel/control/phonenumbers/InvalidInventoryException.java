package io.vaxel.control.phonenumbers;

import java.util.List;

/** A list of numbers that cannot be imported. Nothing of it was. */
public final class InvalidInventoryException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * What is wrong in one line.
   *
   * @param line counted from 1; 0 for the list as a whole
   * @param message says what is wrong and what would be right
   */
  public record Fault(int line, String message) {
    @Override
    public String toString() {
      return line == 0 ? message : "line " + line + ": " + message;
    }
  }

  public InvalidInventoryException(List<Fault> faults) {
    // Refusing is ordinary work: no stack trace is taken.
    super(
        faults.isEmpty() ? "The list is not valid." : faults.getFirst().toString(),
        null,
        false,
        false);
    this.faults = List.copyOf(faults);
  }

  /** What is wrong, by line; the first ones when there is much. */
  public List<Fault> faults() {
    return faults;
  }
}
