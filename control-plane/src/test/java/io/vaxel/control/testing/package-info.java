/**
 * What the tests of the services share: the control plane in process and behind a real front door,
 * scripts for Node, and the record of what the official SDKs passed.
 */
package io.vaxel.control.testing;
