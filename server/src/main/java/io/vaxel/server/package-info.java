/** Placeholder. */
package io.vaxel.server;
