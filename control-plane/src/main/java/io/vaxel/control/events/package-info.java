/**
 * The operator's side of events: subscriptions, dead letters and their replay under {@code /admin},
 * subscriptions of the configuration, and the validation URL. Does not live here: delivery.
 */
package io.vaxel.control.events;
