/**
 * Speed: JMH for the inner loops, simulated clients for whole systems, and the demo that these make
 * possible.
 */
package io.vaxel.benchmarks;
