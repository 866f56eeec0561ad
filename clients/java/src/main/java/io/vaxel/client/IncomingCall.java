package io.vaxel.client;

import io.vaxel.signaling.proto.CallKind;
import io.vaxel.signaling.proto.CallerInfo;
import io.vaxel.signaling.proto.CustomContext;
import io.vaxel.signaling.proto.RejectCall;
import java.util.concurrent.CompletableFuture;

/** Somebody calls this user. Any thread. */
public final class IncomingCall {
  private final CallAgent agent;
  private final io.vaxel.signaling.proto.IncomingCall said;

  IncomingCall(CallAgent agent, io.vaxel.signaling.proto.IncomingCall said) {
    this.agent = agent;
    this.said = said;
  }

  /** The id that the call will have. */
  public String id() {
    return said.getCallId();
  }

  public CallerInfo caller() {
    return said.getCaller();
  }

  /** Who transferred the caller here; with an empty user id when nobody did. */
  public CallerInfo transferor() {
    return said.getTransferor();
  }

  /** The headers that the caller sent along. */
  public CustomContext customContext() {
    return said.getCustomContext();
  }

  public CallKind kind() {
    return said.getKind();
  }

  /** Takes the call; fails with code 409 when another device was faster, 404 when it is over. */
  public CompletableFuture<Call> accept(CallOptions options, CallListener listener) {
    return agent.accept(this, options, listener);
  }

  /** Declines it on all devices of this user. */
  public CompletableFuture<Void> reject() {
    return agent.reject(this, RejectCall.Reason.DECLINED);
  }

  /** Declines it here only: when all devices are busy, the caller hears busy. */
  public CompletableFuture<Void> rejectBusy() {
    return agent.reject(this, RejectCall.Reason.BUSY);
  }
}
