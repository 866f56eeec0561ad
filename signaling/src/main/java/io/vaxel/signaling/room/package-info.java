/**
 * What calls must know about rooms: who may join when, as what, and that this can change while a
 * call goes on. Does not live here: where rooms are kept, which the control plane does.
 */
package io.vaxel.signaling.room;
