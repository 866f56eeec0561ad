/**
 * What {@code ./vaxel doctor} looks at, and what it says. Does not: change anything, or need a
 * server that runs.
 */
package io.vaxel.server.doctor;
