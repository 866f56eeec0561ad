package io.vaxel.common.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;

/**
 * What the front door itself answers when a request does not reach a service: status and the error
 * body of ACS.
 */
enum Refusal {
  MALFORMED(HttpResponseStatus.BAD_REQUEST, "BadRequest", "The request is not well-formed HTTP."),
  NO_HOST(HttpResponseStatus.BAD_REQUEST, "BadRequest", "The Host header is missing."),
  BAD_TARGET(
      HttpResponseStatus.BAD_REQUEST, "InvalidUri", "The request target is not a valid path."),
  PLAIN_HTTP(
      HttpResponseStatus.FORBIDDEN,
      "HttpsRequired",
      "This port speaks plain HTTP to callers on the same machine only. Use https."),
  ORIGIN(
      HttpResponseStatus.FORBIDDEN,
      "OriginNotAllowed",
      "The server does not accept requests from pages of this origin."),
  NOT_FOUND(HttpResponseStatus.NOT_FOUND, "NotFound", "There is nothing at this address."),
  METHOD(
      HttpResponseStatus.METHOD_NOT_ALLOWED,
      "MethodNotAllowed",
      "This address does not know the method."),
  TIMEOUT(
      HttpResponseStatus.REQUEST_TIMEOUT,
      "RequestTimeout",
      "The request did not arrive within the time allowed."),
  TOO_LARGE(
      HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
      "RequestBodyTooLarge",
      "The request body is longer than the server accepts."),
  LONG_TARGET(
      HttpResponseStatus.REQUEST_URI_TOO_LONG,
      "UriTooLong",
      "The request line is longer than the server accepts."),
  LONG_HEADERS(
      HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
      "RequestHeadersTooLarge",
      "The request headers are longer than the server accepts."),
  EXPECTATION(
      HttpResponseStatus.EXPECTATION_FAILED,
      "ExpectationFailed",
      "The only expectation that the server knows is 100-continue."),
  UPGRADE_REQUIRED(
      HttpResponseStatus.UPGRADE_REQUIRED,
      "UpgradeRequired",
      "This address speaks WebSocket only."),
  WEBSOCKET_HANDSHAKE(
      HttpResponseStatus.BAD_REQUEST,
      "InvalidWebSocketHandshake",
      "The WebSocket handshake is not valid (RFC 6455 section 4.2.1)."),
  SUBPROTOCOL(
      HttpResponseStatus.BAD_REQUEST,
      "UnsupportedSubprotocol",
      "The WebSocket subprotocol that this address speaks was not offered."),
  INTERNAL(
      HttpResponseStatus.INTERNAL_SERVER_ERROR,
      "InternalServerError",
      "The server failed to answer. The request id names the failure in its log."),
  BUSY(
      HttpResponseStatus.SERVICE_UNAVAILABLE,
      "ServiceUnavailable",
      "The server has as many requests as it can hold. Try again."),
  STOPPING(
      HttpResponseStatus.SERVICE_UNAVAILABLE,
      "ServiceUnavailable",
      "The server is starting or stopping. Try again.");

  private final int status;
  private final String body;

  Refusal(HttpResponseStatus status, String code, String message) {
    this.status = status.code();
    this.body = errorBody(code, message);
  }

  HttpResponseStatus status() {
    return HttpResponseStatus.valueOf(status);
  }

  /** The JSON body. */
  byte[] body() {
    return body.getBytes(StandardCharsets.UTF_8);
  }

  /** An error body; neither text may need escaping in JSON. */
  static String errorBody(String code, String message) {
    return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
  }
}
