import { create, fromBinary, toBinary } from '@bufbuild/protobuf';

import type {
  ClientMessage,
  Participant,
  ServerMessage,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  ClientMessageSchema,
  JoinedSchema,
  ParticipantSchema,
  RosterDeltaSchema,
  ServerMessageSchema,
  TrackKind,
  TrackState,
  WelcomeSchema,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';

/** Somebody whom the hub makes up. */
export interface Pretended {
  name: string;
  /** The colour of the camera's picture; without it there is no camera. */
  camera?: string;
  /** The colour of a shared screen. */
  screen?: string;
  /** The tone they say, in hertz; without it the microphone is muted. */
  tone?: number;
}

interface Source {
  track: MediaStreamTrack;
  kind: TrackKind;
}

type Body = ServerMessage['body'];

/**
 * A server that lives in the page, for tests without one: it speaks the protocol in place of the WebSocket and has real peer
 * connections, so that the SDK's media run through the browser's own machinery.
 */
export class Hub {
  readonly states: { trackId: string; state: TrackState }[] = [];
  readonly published = new Map<string, TrackKind>();
  /** What the client sends, as the far end of its publish connection has it. */
  readonly received: RTCRtpReceiver[] = [];
  readonly #participants = new Map<string, Participant>();
  readonly #sources = new Map<string, Source>();
  readonly #subscribed = new Set<string>();
  readonly #midOf = new Map<string, RTCRtpTransceiver>();
  readonly #send: (bytes: Uint8Array) => void;
  readonly #close: () => void;
  readonly #publish = new RTCPeerConnection();
  readonly #subscribe = new RTCPeerConnection();
  readonly #audio = new AudioContext();
  #offerId = 0;
  #offerOpen = false;
  #changed = false;
  #joined = false;
  #nextId = 0;

  constructor(send: (bytes: Uint8Array) => void, close: () => void, people: Pretended[]) {
    this.#send = send;
    this.#close = close;
    for (const person of people) {
      this.add(person);
    }
  }

  /** Somebody comes. */
  add(person: Pretended): string {
    const participantId = `p${String(++this.#nextId)}`;
    const participant = create(ParticipantSchema, {
      participantId,
      userId: `8:acs:fixture_${participantId}`,
      displayName: person.name,
    });
    this.#participants.set(participantId, participant);
    const audible = person.tone === undefined ? TrackState.MUTED : TrackState.ON;
    this.#addTrack(participant, TrackKind.AUDIO, this.#tone(person.tone ?? 0), audible);
    if (person.camera !== undefined) {
      this.#addTrack(participant, TrackKind.VIDEO, picture(person.camera, person.name, 640, 360));
    }
    if (person.screen !== undefined) {
      const track = picture(person.screen, 'Quarterly numbers', 1280, 720);
      this.#addTrack(participant, TrackKind.SCREEN_SHARE, track);
    }
    if (this.#joined) {
      this.#tell({ case: 'rosterDelta', value: delta({ joined: [participant] }) });
      void this.#offer();
    }
    return participantId;
  }

  /** Somebody goes. */
  remove(participantId: string): void {
    for (const { trackId } of this.#participants.get(participantId)?.tracks ?? []) {
      this.#stopSending(trackId);
      this.#sources.delete(trackId);
    }
    this.#participants.delete(participantId);
    this.#tell({ case: 'rosterDelta', value: delta({ left: [participantId] }) });
    void this.#offer();
  }

  /** Somebody's tracks of a kind are off, muted or on. */
  setState(participantId: string, kind: TrackKind, state: TrackState): void {
    const participant = this.#participants.get(participantId);
    const track = participant?.tracks.find((candidate) => candidate.kind === kind);
    if (participant === undefined || track === undefined) {
      return;
    }
    track.state = state;
    if (state === TrackState.OFF) {
      participant.tracks = participant.tracks.filter((candidate) => candidate !== track);
      this.#stopSending(track.trackId);
      void this.#offer();
    }
    this.#tell({ case: 'rosterDelta', value: delta({ tracks: [{ participantId, track }] }) });
  }

  speak(participantIds: string[]): void {
    const value = { $typeName: 'vaxel.signaling.v1.ActiveSpeakers' as const, participantIds };
    this.#tell({ case: 'activeSpeakers', value });
  }

  end(code: number, subCode: number): void {
    const value = {
      $typeName: 'vaxel.signaling.v1.CallEnded' as const,
      code,
      subCode,
      message: '',
    };
    this.#tell({ case: 'callEnded', value });
  }

  drop(): void {
    this.#close();
  }

  /** Track ids that the client gets now. */
  subscriptions(): string[] {
    return [...this.#subscribed];
  }

  /** A message of the client. */
  async receive(bytes: Uint8Array): Promise<void> {
    const { requestId, body } = fromBinary(ClientMessageSchema, bytes);
    this.#reply(requestId, await this.#answer(body));
    if (body.case === 'join') {
      await this.#offer();
    } else if (body.case === 'subscribeAnswer') {
      this.#offerOpen = false;
      if (this.#changed) {
        await this.#offer();
      }
    } else if (body.case === 'updateSubscriptions') {
      await this.#offer();
    }
  }

  async #answer(body: ClientMessage['body']): Promise<Body> {
    switch (body.case) {
      case 'hello':
        return body.value.token === 'expired'
          ? problem(401, 2, 'The token has expired')
          : {
              case: 'welcome',
              value: create(WelcomeSchema, {
                userId: '8:acs:fixture_me',
                connectionId: 'c1',
                serverVersion: '0',
                pingIntervalMs: 5000,
              }),
            };
      case 'join':
        return this.#join();
      case 'leave':
        return { case: 'left', value: { $typeName: 'vaxel.signaling.v1.Left' } };
      case 'publish':
        return this.#answerPublish(body.value.sdp, body.value.tracks);
      case 'subscribeAnswer':
        await this.#subscribe.setRemoteDescription({ type: 'answer', sdp: body.value.sdp });
        return done();
      case 'updateSubscriptions':
        for (const id of body.value.subscribe) {
          this.#startSending(id);
        }
        for (const id of body.value.unsubscribe) {
          this.#stopSending(id);
        }
        return done();
      case 'setTrackState':
        this.states.push({ trackId: body.value.trackId, state: body.value.state });
        return done();
      case 'ping':
        return { case: 'pong', value: { $typeName: 'vaxel.signaling.v1.Pong' } };
      default:
        return problem(400, 1, 'Unknown message');
    }
  }

  #join(): Body {
    this.#joined = true;
    const participants = [...this.#participants.values()];
    for (const { trackId, kind } of participants.flatMap(({ tracks }) => tracks)) {
      if (kind === TrackKind.AUDIO) {
        this.#startSending(trackId);
      }
    }
    const value = { callId: 'fixture-call', participantId: 'me', participants };
    return { case: 'joined', value: create(JoinedSchema, value) };
  }

  async #answerPublish(sdp: string, tracks: { mid: string; kind: TrackKind }[]): Promise<Body> {
    await this.#publish.setRemoteDescription({ type: 'offer', sdp });
    await this.#publish.setLocalDescription(await this.#publish.createAnswer());
    await gathered(this.#publish);
    const trackIds: Record<string, string> = {};
    this.published.clear();
    for (const { mid, kind } of tracks) {
      trackIds[mid] = `mine-${mid}`;
      this.published.set(`mine-${mid}`, kind);
    }
    this.received.splice(0, Infinity, ...this.#publish.getReceivers());
    const answer = this.#publish.localDescription?.sdp ?? '';
    return {
      case: 'publishAnswer',
      value: { $typeName: 'vaxel.signaling.v1.PublishAnswer', sdp: answer, trackIds },
    };
  }

  #startSending(trackId: string): void {
    const source = this.#sources.get(trackId);
    if (source !== undefined && !this.#subscribed.has(trackId)) {
      this.#subscribed.add(trackId);
      const free = this.#subscribe
        .getTransceivers()
        .find(
          (candidate) =>
            candidate.direction === 'inactive' &&
            candidate.receiver.track.kind === source.track.kind,
        );
      if (free !== undefined) {
        free.direction = 'sendonly';
        void free.sender.replaceTrack(source.track);
        this.#midOf.set(trackId, free);
      } else {
        const transceiver = this.#subscribe.addTransceiver(source.track, { direction: 'sendonly' });
        this.#midOf.set(trackId, transceiver);
      }
      this.#changed = true;
    }
  }

  #stopSending(trackId: string): void {
    const transceiver = this.#midOf.get(trackId);
    if (this.#subscribed.delete(trackId) && transceiver !== undefined) {
      transceiver.direction = 'inactive';
      void transceiver.sender.replaceTrack(null);
      this.#midOf.delete(trackId);
      this.#changed = true;
    }
  }

  async #offer(): Promise<void> {
    if (this.#offerOpen || !this.#changed) {
      return;
    }
    this.#offerOpen = true;
    this.#changed = false;
    await this.#subscribe.setLocalDescription(await this.#subscribe.createOffer());
    await gathered(this.#subscribe);
    const trackIds: Record<string, string> = {};
    for (const [trackId, { mid }] of this.#midOf) {
      if (mid !== null) {
        trackIds[mid] = trackId;
      }
    }
    this.#tell({
      case: 'subscribeOffer',
      value: {
        $typeName: 'vaxel.signaling.v1.SubscribeOffer',
        offerId: ++this.#offerId,
        sdp: this.#subscribe.localDescription?.sdp ?? '',
        trackIds,
        connectionNumber: 1,
      },
    });
  }

  #addTrack(
    participant: Participant,
    kind: TrackKind,
    track: MediaStreamTrack,
    state = TrackState.ON,
  ): void {
    const trackId = `${participant.participantId}-${TrackKind[kind].toLowerCase()}`;
    participant.tracks.push({ $typeName: 'vaxel.signaling.v1.Track', trackId, kind, state });
    this.#sources.set(trackId, { track, kind });
    if (this.#joined && kind === TrackKind.AUDIO) {
      this.#startSending(trackId);
    }
  }

  #tone(frequency: number): MediaStreamTrack {
    const destination = this.#audio.createMediaStreamDestination();
    if (frequency > 0) {
      const oscillator = this.#audio.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(destination);
      oscillator.start();
    }
    const [track] = destination.stream.getAudioTracks();
    if (track === undefined) {
      throw new Error('No audio track');
    }
    return track;
  }

  #tell(body: Body): void {
    this.#reply(0n, body);
  }

  #reply(inReplyTo: bigint, body: Body): void {
    this.#send(toBinary(ServerMessageSchema, create(ServerMessageSchema, { inReplyTo, body })));
  }
}

/** A moving picture in one colour with a name on it. */
function picture(colour: string, text: string, width: number, height: number): MediaStreamTrack {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  let frame = 0;
  setInterval(() => {
    if (context !== null) {
      context.fillStyle = colour;
      context.fillRect(0, 0, width, height);
      context.fillStyle = 'rgb(255 255 255 / 70%)';
      context.beginPath();
      context.arc(width / 2, height / 2.4, height / 6 + 4 * Math.sin(frame / 5), 0, 7);
      context.fill();
      context.font = `${String(height / 14)}px sans-serif`;
      context.fillText(text, width / 20, height / 6);
      frame++;
    }
  }, 50);
  const [track] = canvas.captureStream(20).getVideoTracks();
  if (track === undefined) {
    throw new Error('No video track');
  }
  return track;
}

function gathered(peer: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (peer.iceGatheringState === 'complete') {
        peer.removeEventListener('icegatheringstatechange', check);
        resolve();
      }
    };
    peer.addEventListener('icegatheringstatechange', check);
    check();
  });
}

function done(): Body {
  return { case: 'done', value: { $typeName: 'vaxel.signaling.v1.Done' } };
}

function problem(code: number, subCode: number, message: string): Body {
  return {
    case: 'error',
    value: { $typeName: 'vaxel.signaling.v1.Error', code, subCode, message },
  };
}

function delta(changes: {
  joined?: Participant[];
  left?: string[];
  tracks?: { participantId: string; track: Participant['tracks'][number] }[];
}): Extract<Body, { case: 'rosterDelta' }>['value'] {
  return create(RosterDeltaSchema, changes);
}
