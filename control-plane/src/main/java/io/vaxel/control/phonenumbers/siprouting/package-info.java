/**
 * SIP routing, which ACS calls direct routing: trunks, domains and routes of a resource, and who is
 * told when they change. Does not live here: SIP itself (the bridge to the telephone network).
 */
package io.vaxel.control.phonenumbers.siprouting;
