/** Placeholder. */
package io.vaxel.client;
