/**
 * Work that goes on beside requests: threads that look for it when woken and now and then. Does not
 * live here: what the work is.
 */
package io.vaxel.common.background;
