package io.vaxel.signaling.connection;

/**
 * What a session keeps so that it can go on after its socket was lost. Used on the session's loop,
 * except for the secret.
 *
 * @param secret what the client resumes by
 * @param sent messages to the client
 * @param requests requests of the client
 */
record SessionMemory(Sessions.Secret secret, MessageLog sent, RequestBook requests) {

  /** The session is over. */
  void clear() {
    sent.clear();
    requests.clear();
  }
}
