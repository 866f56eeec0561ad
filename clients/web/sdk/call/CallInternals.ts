import type { Call, RemoteParticipant } from '../api';
import { invalidArgument } from '../errors';
import type { EventSource } from '../events';
import type {
  CallState as ProtocolCallState,
  ModalityFailed,
  Participant,
  Timeouts,
  TrackKind,
  TransferOffer,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifierKind } from '../identifiers';
import type { Request, ServerBody } from '../signaling/SignalingConnection';
import type { RosterEntry } from './Roster';

/** Which of the two peer connections, and what became of it. */
export interface MediaConnectionState {
  connection: 'publish' | 'subscribe';
  state: RTCPeerConnectionState;
}

/** What happens in a call that features care about; "updated" events carry nothing, the listener reads the property again. */
export interface CallInternalsEvents {
  /** A message that answers no request. The call has acted on it before. */
  serverMessage: (body: ServerBody) => void;
  callStateUpdated: () => void;
  capabilitiesUpdated: () => void;
  selfUpdated: () => void;
  rosterUpdated: () => void;
  /** Who speaks, loudest first. */
  speakersChanged: (speakers: RemoteParticipant[]) => void;
  /** A peer connection was made, replaced or closed. */
  connectionsChanged: () => void;
  signalingLost: () => void;
  signalingBack: () => void;
  mediaStateChanged: (change: MediaConnectionState) => void;
  modalityFailed: (failure: ModalityFailed) => void;
}

/**
 * A call as its features see it, beside what the application sees. It exists as long as the call, also before it is joined and
 * after it is over: then requests are refused, and there is nobody.
 */
export interface CallInternals extends EventSource<CallInternalsEvents> {
  /**
   * Sends a request and waits for its answer, whatever its kind.
   *
   * @throws CommunicationServicesError what the server answered, 409 before the call is joined, 408 and 490 as of the connection
   */
  request(body: Request): Promise<ServerBody>;
  /** What everybody shares; undefined until joined. */
  readonly callState: ProtocolCallState | undefined;
  /** What this client may do, by the names of the calling SDK; empty until joined. */
  readonly capabilities: ReadonlySet<string>;
  /** This client as the server knows it; undefined until joined. */
  readonly self: Participant | undefined;
  /** The raw id of the own user; empty until connected. */
  readonly userId: string;
  /** The server's timeouts; undefined until connected. */
  readonly timeouts: Timeouts | undefined;
  /** Everybody else's devices, in the order of their coming. */
  readonly roster: readonly RosterEntry[];
  participantByUser(identifier: CommunicationIdentifierKind): RemoteParticipant | undefined;
  /** The participant ids of a user's devices, this client's own among them; empty for who is not in the call. */
  participantIdsOf(identifier: CommunicationIdentifierKind): string[];
  /** Who a participant id stands for; this client's own is known too. */
  identifierOf(participantId: string): CommunicationIdentifierKind | undefined;
  /** On which this client sends; undefined until joined and once over. */
  readonly publishConnection: RTCPeerConnection | undefined;
  /** On which this client receives; undefined until joined and once over. */
  readonly subscribeConnection: RTCPeerConnection | undefined;
  /** What the media section of the publish connection carries; undefined for one that is not in use. */
  publishedKind(mid: string): TrackKind | undefined;
  /** The server's track id that the media section of the subscribe connection carries. */
  receivedTrackId(mid: string): string | undefined;
  /** Whether the socket is lost and being replaced. */
  readonly isSignalingLost: boolean;
  /** The other one of a 1:1 call transfers this client; `acceptTransfer` follows the offer. */
  onTransferOffer(listener: (offer: TransferOffer) => void): void;
  /** Places the call that carries the offer out; this one ends when the other stands. */
  acceptTransfer(offer: TransferOffer): Call;
}

/** Where a call of this SDK keeps its internals. */
export const INTERNALS: unique symbol = Symbol('internals');

/** What only calls of this SDK have. */
export interface CallWithInternals {
  readonly [INTERNALS]: CallInternals;
}

/** @throws CommunicationServicesError 400 for a call that is not one of this SDK */
export function internalsOf(call: Call): CallInternals {
  if (!(INTERNALS in call)) {
    throw invalidArgument('The call is not one of this SDK');
  }
  return (call as Call & CallWithInternals)[INTERNALS];
}
