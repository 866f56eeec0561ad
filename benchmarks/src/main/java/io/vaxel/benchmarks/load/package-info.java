/**
 * Protocol clients under control: synthetic tracks that can be checked packet by packet, the demo,
 * and the load harness. Does not: anything that only JMH measures.
 */
package io.vaxel.benchmarks.load;
