/** Placeholder. */
package io.vaxel.benchmarks;
