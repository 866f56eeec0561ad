package io.vaxel.media.stun;

import io.vaxel.media.packet.PacketBuffer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of ICE for one peer connection: a lite agent (RFC 8445 section 2.5), always
 * controlled, that answers checks and never makes any. Runs on the call's loop.
 *
 * <p>Which path is used is the caller's: the one of the latest {@link Outcome#NOMINATED}.
 */
public final class IceLiteAgent {
  /** How long a peer may be silent (RFC 7675 section 5.1), in nanoseconds. */
  public static final long CONSENT_NANOS = 30_000_000_000L;

  /** What a datagram turned out to be. */
  public enum Outcome {
    /** A right check: its path works. */
    VALID,
    /** A right check with USE-CANDIDATE: its path is to be used. */
    NOMINATED,
    /** Not a Binding request; nothing is answered. */
    IGNORED,
    /** Without USERNAME, MESSAGE-INTEGRITY or a role; answered 400. */
    BAD_REQUEST,
    /** Fragments of another session; answered 401. */
    WRONG_USERNAME,
    /** Not made with our password; answered 401. */
    WRONG_PASSWORD,
    /** Asks for something that we do not know; answered 420. */
    UNKNOWN_ATTRIBUTE,
    /** The peer believes to be controlled; answered 487, it will take the other role. */
    ROLE_CONFLICT;

    /** True when the check was right and refreshed consent. */
    public boolean isValid() {
      return this == VALID || this == NOMINATED;
    }
  }

  private final IceCredentials local;
  private final StunIntegrity integrity;
  private final StunWriter writer;
  private byte @Nullable [] username;
  private boolean connected;
  private long lastValidNanos;
  private long refusals;

  /**
   * An agent that knows its own credentials and not yet the peer's.
   *
   * @param local with a fragment of the length that {@link IceCredentials#random} makes
   * @param writer may be shared by the agents of one loop
   */
  public IceLiteAgent(IceCredentials local, StunWriter writer) {
    if (local.ufrag().length() != IceCredentials.UFRAG_LENGTH) {
      throw new IllegalArgumentException("our ice-ufrag has " + IceCredentials.UFRAG_LENGTH);
    }
    this.local = local;
    this.writer = writer;
    this.integrity = StunIntegrity.shortTerm(local.password());
  }

  /**
   * The peer's fragment, from its SDP. Until it is known checks are answered on our own fragment
   * and password alone, since a peer may begin before its answer reaches us (RFC 8445 section 7.3).
   */
  public void remoteUfrag(String ufrag) {
    username = (local.ufrag() + ":" + ufrag).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Judges one message and writes the answer.
   *
   * @param from where the message came from; the answer tells the peer
   * @param response receives the answer; its length is 0 when there is none
   * @param nowNanos the loop's clock
   */
  public Outcome handle(
      StunMessage request, InetSocketAddress from, PacketBuffer response, long nowNanos) {
    Outcome outcome = judge(request);
    answer(outcome, request, from, response);
    if (outcome.isValid()) {
      connected = true;
      lastValidNanos = nowNanos;
    } else if (outcome != Outcome.IGNORED) {
      refusals++;
    }
    return outcome;
  }

  private Outcome judge(StunMessage request) {
    if (request.type() != Stun.BINDING_REQUEST) {
      return Outcome.IGNORED;
    }
    if (!request.has(Stun.USERNAME) || !request.has(Stun.MESSAGE_INTEGRITY)) {
      return Outcome.BAD_REQUEST;
    }
    if (!usernameFits(request)) {
      return Outcome.WRONG_USERNAME;
    }
    if (!integrity.verifies(request)) {
      return Outcome.WRONG_PASSWORD;
    }
    if (request.unknownAttributeCount() > 0) {
      return Outcome.UNKNOWN_ATTRIBUTE;
    }
    if (request.has(Stun.ICE_CONTROLLED)) {
      return Outcome.ROLE_CONFLICT;
    }
    if (!request.has(Stun.ICE_CONTROLLING) || !request.has(Stun.PRIORITY)) {
      return Outcome.BAD_REQUEST;
    }
    return request.has(Stun.USE_CANDIDATE) ? Outcome.NOMINATED : Outcome.VALID;
  }

  private boolean usernameFits(StunMessage request) {
    return username != null
        ? request.usernameIs(username)
        : request.localUfragKey() == IceCredentials.ufragKey(local.ufrag());
  }

  private void answer(
      Outcome outcome, StunMessage request, InetSocketAddress from, PacketBuffer response) {
    switch (outcome) {
      case IGNORED -> response.length(0);
      case VALID, NOMINATED ->
          begin(response, Stun.BINDING_SUCCESS, request)
              .xorMappedAddress(from)
              .integrity(integrity)
              .fingerprint();
      // Without authentication there is no key to sign with (RFC 8489 section 9.1.3).
      case BAD_REQUEST -> error(response, request, Stun.BAD_REQUEST).fingerprint();
      case WRONG_USERNAME, WRONG_PASSWORD ->
          error(response, request, Stun.UNAUTHENTICATED).fingerprint();
      case UNKNOWN_ATTRIBUTE ->
          error(response, request, Stun.UNKNOWN_ATTRIBUTE)
              .unknownAttributes(request)
              .integrity(integrity)
              .fingerprint();
      case ROLE_CONFLICT ->
          error(response, request, Stun.ROLE_CONFLICT).integrity(integrity).fingerprint();
    }
  }

  private StunWriter error(PacketBuffer response, StunMessage request, int code) {
    return begin(response, Stun.BINDING_ERROR, request).errorCode(code);
  }

  private StunWriter begin(PacketBuffer response, int type, StunMessage request) {
    return writer.begin(response, type, request.transactionIdHigh(), request.transactionIdLow());
  }

  /** Our side's credentials. */
  public IceCredentials localCredentials() {
    return local;
  }

  /** True once any check was right. */
  public boolean isConnected() {
    return connected;
  }

  /** When the last right check came, in the loop's clock; meaningless before the first. */
  public long lastValidNanos() {
    return lastValidNanos;
  }

  /**
   * True when the peer was heard once and not for 30 s: nothing may be sent to it any more (RFC
   * 7675 section 5.1). The time to the first check is the caller's to limit.
   */
  public boolean consentExpired(long nowNanos) {
    return connected && nowNanos - lastValidNanos >= CONSENT_NANOS;
  }

  /** Requests that were answered with an error. */
  public long refusals() {
    return refusals;
  }
}
