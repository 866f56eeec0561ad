package io.vaxel.common.http;

/**
 * The caller closed its WebSocket with a close frame (RFC 6455 section 7.1.5). An endpoint's
 * handler gets it as a user event before its channel becomes inactive; nothing can be sent any
 * more.
 *
 * @param status the caller's reason in numbers, or -1 when it gave none
 */
public record WebSocketClosed(int status) {}
