/** Placeholder. */
package io.vaxel.common;
