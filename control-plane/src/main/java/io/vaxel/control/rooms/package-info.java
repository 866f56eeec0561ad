/**
 * The rooms service: rooms with a time of validity, their participants and roles. Does not live
 * here: the calls in rooms, which {@code signaling} holds and which ask who may join.
 */
package io.vaxel.control.rooms;
