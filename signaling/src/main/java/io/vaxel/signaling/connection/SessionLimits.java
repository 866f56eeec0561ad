package io.vaxel.signaling.connection;

/**
 * What resumable sessions may keep.
 *
 * @param sessions resumable sessions, with a socket or waiting for one; further connections are
 *     served and end with their socket
 * @param messages messages that one session keeps until they are acknowledged; the oldest are
 *     forgotten, and a client that has not seen them can't resume
 * @param bytes the same in bytes; answers to requests may take as many again
 * @param answers answers that one session keeps for requests that are sent again; more than the
 *     requests that may wait, so that whatever a client may have open is remembered
 * @param memory bytes that all sessions keep together; beyond it each forgets its own oldest
 */
public record SessionLimits(int sessions, int messages, int bytes, int answers, long memory) {

  /** What docs/calling/errors.md promises. */
  public static SessionLimits defaults() {
    return new SessionLimits(20_000, 1_000, 1 << 20, 128, 256L << 20);
  }
}
