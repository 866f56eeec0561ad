/**
 * Requests that may be sent again without being carried out again (OASIS Repeatable Requests 1.0):
 * their headers, and the first answers. Does not live here: what the requests do.
 */
package io.vaxel.common.repeat;
