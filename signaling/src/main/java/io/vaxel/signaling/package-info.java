/** Placeholder. */
package io.vaxel.signaling;
