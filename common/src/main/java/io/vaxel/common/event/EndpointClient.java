package io.vaxel.common.event;

import java.io.IOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;

/** Asks an endpoint: over the network, or in tests of what follows from its answers. */
interface EndpointClient extends AutoCloseable {
  /**
   * Asks and waits for the answer.
   *
   * @throws IOException when there was none in time; the message is for operators
   * @throws InterruptedException when the caller is to stop
   */
  Answer ask(HttpRequest request) throws IOException, InterruptedException;

  @Override
  void close();

  /**
   * What an endpoint answered.
   *
   * @param body of a length that a handshake needs; text
   */
  record Answer(int status, HttpHeaders headers, String body) {}
}
