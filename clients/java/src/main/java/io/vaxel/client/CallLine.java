package io.vaxel.client;

import io.vaxel.signaling.proto.Hello;
import io.vaxel.signaling.proto.ServerMessage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection of an agent, and the call on it. Used on the media loop. */
final class CallLine implements SignalingSession.Listener {
  /** What its agent is told. */
  interface Listener {
    /** Everything that the server says by itself. */
    void message(ServerMessage message);

    /** The call is over: the line may be used for another. */
    void free(CallLine line);

    void reconnecting(CallLine line);

    void reconnected(CallLine line);

    /** The connection is over, and so is its call. */
    void closed(CallLine line, String reason);
  }

  private final ClientMedia media;
  private final SignalingSession session;
  private final Listener listener;
  private volatile @Nullable Call call;

  CallLine(ClientMedia media, Wire.Factory wires, Supplier<Hello> greeting, Listener listener) {
    this.media = media;
    this.session = new SignalingSession(media.loop().eventLoop(), wires, greeting, this);
    this.listener = listener;
  }

  SignalingSession session() {
    return session;
  }

  /** The call on this line, or null while it is free. Any thread. */
  @Nullable Call call() {
    return call;
  }

  /** Takes the line for a call that is yet to be asked for. */
  Call open(CallListener callListener, boolean placed) {
    Call opened = new Call(session, media, callListener, placed, this::over);
    call = opened;
    return opened;
  }

  private void over(Call ended) {
    call = null;
    listener.free(this);
  }

  /** Ends the connection, and its call with it. */
  void end(Consumer<SignalingSession> ending) {
    ending.accept(session);
    Call current = call;
    if (current != null) {
      current.over(CallEndReason.HUNG_UP);
    }
  }

  @Override
  public void message(ServerMessage message) {
    listener.message(message);
    Call current = call;
    if (current != null) {
      current.message(message);
    }
  }

  @Override
  public void reconnecting() {
    listener.reconnecting(this);
  }

  @Override
  public void reconnected() {
    listener.reconnected(this);
  }

  @Override
  public void closed(String reason) {
    Call current = call;
    if (current != null) {
      current.over(CallEndReason.CONNECTION_LOST);
    }
    listener.closed(this, reason);
  }
}
