/**
 * The process: command line, settings, and {@link io.vaxel.server.VaxelServer}, where every part is
 * made and given what it needs. Does not live here: what any part does.
 */
package io.vaxel.server;
