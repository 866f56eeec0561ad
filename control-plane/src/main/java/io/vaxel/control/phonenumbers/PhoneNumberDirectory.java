package io.vaxel.control.phonenumbers;

import java.util.Optional;

/**
 * Who owns a number, and what they use of it: what calls and messages ask. Safe for any thread;
 * blocks. An answer holds at the moment it is given.
 */
public interface PhoneNumberDirectory {
  /**
   * The number, if a resource of this server owns it.
   *
   * @param number E.164 with its plus
   */
  Optional<OwnedNumber> find(String number);
}
