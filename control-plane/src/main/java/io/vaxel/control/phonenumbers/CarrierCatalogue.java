package io.vaxel.control.phonenumbers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Where numbers come from: they are found, held, bought and given back through it. The operator's
 * {@link Inventory} is one; a carrier with an API of its own would be another.
 *
 * <p>Every method works inside the caller's transaction, and what it changes counts when that
 * commits. One that asks a carrier must bear to be asked again for the same hold, because a
 * transaction may fail after the carrier agreed. A number that is owned or held is never given to
 * anybody else, however many ask at once.
 */
public interface CarrierCatalogue {
  /** Countries that have numbers which nobody owns, ISO 3166-1 alpha-2, sorted. */
  Page.Of<String> countries(Handle sql, Page page);

  /** Area codes of the numbers that nobody owns, sorted. */
  Page.Of<String> areaCodes(Handle sql, StockFilter filter, Page page);

  /** Places of the numbers that nobody owns, sorted; without area codes. */
  Page.Of<StockNumber.Place> localities(Handle sql, StockFilter filter, Page page);

  /** What kinds of numbers nobody owns, sorted. */
  Page.Of<Offering> offerings(Handle sql, StockFilter filter, Page page);

  /**
   * Numbers that nobody owns or holds, by chance.
   *
   * @param most how many at most
   */
  List<StockNumber> sample(Handle sql, StockFilter filter, int most, Instant now);

  /** The number, owned or not, if the catalogue has it. */
  Optional<StockNumber> find(Handle sql, String number);

  /**
   * Holds numbers of one price.
   *
   * @return as many as were asked for, or none when there are not enough
   */
  List<StockNumber> hold(
      Handle sql, StockFilter filter, int quantity, Hold hold, Instant until, Instant now);

  /**
   * Holds one number; one that this hold has already stays until the new time.
   *
   * @return false when the number is not there, or is owned or held by somebody else
   */
  boolean hold(Handle sql, String number, Hold hold, Instant until, Instant now);

  /** Gives the numbers that the hold still has more time, and returns how many they are. */
  int extend(Handle sql, Hold hold, Instant until, Instant now);

  /** Lets go of all numbers of a hold. */
  void drop(Handle sql, Hold hold);

  /** Lets go of one number of a hold. */
  void drop(Handle sql, Hold hold, String number);

  /** How many numbers a resource holds. Two that hold at once count one after the other. */
  int countHeld(Handle sql, UUID resourceId, Instant now);

  /**
   * Buys a number that is held.
   *
   * @param used what the buyer uses of it; all that it can do when empty
   * @return false when the hold does not have the number any more
   */
  boolean buy(Handle sql, String number, Hold hold, Optional<Capabilities> used, Instant now);

  /**
   * Gives a number back, which is free from then on.
   *
   * @return false when the resource does not own it
   */
  boolean giveBack(Handle sql, String number, UUID resourceId);
}
