import type {
  CallEndReason,
  GroupCallLocator,
  ParticipantRole,
  RemoteParticipant,
  RoomCallLocator,
} from '../api';
import { CommunicationServicesError, ErrorSubCode, mediaFailed } from '../errors';
import type { Joined } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  MediaState_Connection,
  MediaState_State,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { PublishConnection } from '../media/PublishConnection';
import { SubscribeConnection } from '../media/SubscribeConnection';
import type { ServerBody, SignalingConnection } from '../signaling/SignalingConnection';
import { CallSignaling, SET_UP_TIMEOUT_MS } from './CallSignaling';
import type { LocalMedia } from './LocalMedia';
import type { RemoteParticipantImpl } from './RemoteParticipantImpl';
import { RemoteParticipants } from './RemoteParticipants';
import { roleOf } from './roles';
import { Roster } from './Roster';

/** What a session tells its call. */
export interface SessionListener {
  participantsUpdated(update: { added: RemoteParticipant[]; removed: RemoteParticipant[] }): void;
  /** The microphones that arrive, by track id. */
  audioTracksChanged(tracks: ReadonlyMap<string, MediaStreamTrack>): void;
  /** Loudest first. */
  speakersChanged(speakers: RemoteParticipantImpl[]): void;
  /** The own role in the room's call is another one from now on. */
  roleChanged(role: ParticipantRole): void;
  /** The server, the network or the media ended it. */
  ended(reason: CallEndReason, message: string): void;
}

const CHECK_INTERVAL_MS = 1_000;

/** One participation in a call: the signalling connection, the two media connections and the roster, tied together. */
export class CallSession {
  readonly #connection: SignalingConnection;
  readonly #listener: SessionListener;
  readonly #signaling: CallSignaling;
  readonly #publish: PublishConnection;
  readonly #subscribe: SubscribeConnection;
  readonly #participants: RemoteParticipants;
  readonly #checks: ReturnType<typeof setInterval>;
  #publishConnected: (() => void) | undefined;
  /** Whether the server has this client in the call, as far as is known here. */
  #membership: 'out' | 'joining' | 'in' | 'leaving' = 'out';
  #closed = false;

  constructor(connection: SignalingConnection, listener: SessionListener) {
    this.#connection = connection;
    this.#listener = listener;
    this.#signaling = new CallSignaling(connection);
    const failed = (message: string): void => {
      this.#end(mediaFailed(message));
    };
    this.#publish = new PublishConnection(this.#signaling, {
      connected: () => this.#publishConnected?.(),
      failed,
    });
    this.#subscribe = new SubscribeConnection(this.#signaling, {
      tracksChanged: () => {
        this.#participants.tracksChanged();
        this.#updateAudio();
      },
      failed,
    });
    this.#participants = new RemoteParticipants(this.#subscribe);
    this.#participants.on('updated', (update) => {
      listener.participantsUpdated(update);
    });
    this.#checks = setInterval(() => {
      this.#participants.check().catch(() => undefined); // a receiver that closed under the look
    }, CHECK_INTERVAL_MS);
    connection.listener = {
      received: (body) => {
        this.#received(body);
      },
      lost: (error) => {
        this.#end(error);
      },
    };
  }

  get participants(): readonly RemoteParticipant[] {
    return this.#participants.all;
  }

  async join(locator: GroupCallLocator | RoomCallLocator): Promise<Joined> {
    this.#membership = 'joining';
    const joined = await this.#signaling.join(locator);
    this.#membership = 'in';
    if (!this.#closed) {
      this.#participants.begin(new Roster(joined.participantId, joined.participants));
      this.#updateAudio();
    }
    return joined;
  }

  /** Sends what is open, and waits until it can flow. @throws CommunicationServicesError 408 when it can't within 85 s */
  async sendMedia(local: LocalMedia): Promise<void> {
    const sends = await local.attach(this.#publish);
    if (!sends || this.#publish.isConnected || this.#closed) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new CommunicationServicesError({
            code: 408,
            subCode: ErrorSubCode.SetUpTimedOut,
            message: 'No media connection could be made in time',
          }),
        );
      }, SET_UP_TIMEOUT_MS);
      this.#publishConnected = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async leave(): Promise<void> {
    this.#membership = 'leaving';
    await this.#signaling.leave();
    this.#membership = 'out';
  }

  /**
   * Ends everything but the signalling connection, which can then be used for another call; leaves first if need be, without
   * waiting. A connection on which a join or a goodbye hangs is closed as well.
   */
  close(): void {
    if (this.#closed) {
      return;
    }
    this.#closed = true;
    if (this.#membership === 'in') {
      this.#signaling.leaveNow();
    } else if (this.#membership !== 'out') {
      this.#connection.close();
    }
    clearInterval(this.#checks);
    this.#publishConnected?.();
    this.#publish.close();
    this.#participants.end();
    this.#subscribe.close();
    this.#connection.listener = undefined;
  }

  #received(body: ServerBody): void {
    switch (body.case) {
      case 'rosterDelta':
        this.#participants.apply(body.value);
        this.#updateAudio();
        break;
      case 'subscribeOffer':
        this.#subscribe.offered(body.value);
        break;
      case 'activeSpeakers':
        this.#listener.speakersChanged(this.#participants.setSpeakers(body.value.participantIds));
        break;
      case 'mediaState':
        // The server offers a new subscribe connection by itself.
        if (
          body.value.state === MediaState_State.FAILED &&
          body.value.connection === MediaState_Connection.PUBLISH
        ) {
          this.#publish.restart();
        }
        break;
      case 'roleChanged':
        this.#listener.roleChanged(roleOf(body.value.role));
        break;
      case 'callEnded':
        this.#membership = 'out';
        this.#listener.ended(
          { code: body.value.code, subCode: body.value.subCode },
          body.value.message,
        );
        break;
      default:
        break; // of a newer protocol, or nothing that a call must act on
    }
  }

  #updateAudio(): void {
    this.#listener.audioTracksChanged(this.#participants.audioTracks());
  }

  #end(error: CommunicationServicesError): void {
    if (!this.#closed) {
      this.#listener.ended({ code: error.code, subCode: error.subCode }, error.message);
    }
  }
}
