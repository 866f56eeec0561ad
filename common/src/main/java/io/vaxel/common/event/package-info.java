/**
 * Events for applications: the outbox that is written with what an event tells of, subscriptions
 * and their handshake, delivery with retries, dead letters; as Azure Event Grid has them. Does not
 * live here: any type of event, or the operator's REST side.
 */
package io.vaxel.common.event;
