package io.vaxel.control.phonenumbers;

/**
 * A kind of number that is to be had.
 *
 * @param type its kind
 * @param assignment who it is meant for
 * @param capabilities all that it can do
 * @param cost a month's price
 */
public record Offering(
    PhoneNumberType type, AssignmentType assignment, Capabilities capabilities, Cost cost) {}
