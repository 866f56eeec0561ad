/**
 * A server in a process of its own and what it uses of the machine. Does not know what is measured.
 */
package io.vaxel.benchmarks.process;
