/**
 * A bad network on one machine: namespaces joined by a link emulator in user space, for tests that
 * need loss, delay or a narrow link where the kernel has no netem. Lives here: scheduling, TUN
 * devices, namespaces. Does not: the programs that run in the namespaces. Linux and root only.
 */
package io.vaxel.benchmarks.net;
