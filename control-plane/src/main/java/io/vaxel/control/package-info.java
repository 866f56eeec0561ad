/** Placeholder. */
package io.vaxel.control;
