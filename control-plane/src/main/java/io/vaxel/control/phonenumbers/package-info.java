/**
 * Phone numbers: the operator's inventory, and the ACS phone numbers service that searches, holds,
 * buys, changes and releases them. Does not live here: calls and messages that use the numbers.
 */
package io.vaxel.control.phonenumbers;
