/**
 * Tests of the client: against the SFU in the same process, and against a server that is played.
 */
package io.vaxel.client;
