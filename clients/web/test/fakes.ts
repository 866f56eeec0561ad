import type { MessageInitShape } from '@bufbuild/protobuf';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';

import type {
  ClientMessage,
  ServerMessage,
  WelcomeSchema as Welcome,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  ClientMessageSchema,
  ServerMessageSchema,
  WelcomeSchema,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';

interface SentRequest<K> {
  id: bigint;
  value: Extract<ClientMessage['body'], { case: K }>['value'];
}

/** A WebSocket whose far end is the test. */
export class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static #last: FakeSocket | undefined;
  readyState = 0;
  binaryType = '';
  /** The status that the client closed it with. */
  closedWith: number | undefined;
  readonly sent: ClientMessage[] = [];

  constructor(
    readonly url: string,
    readonly protocol: string,
  ) {
    super();
    FakeSocket.#last = this;
  }

  /** The one that was made last. */
  static get last(): FakeSocket {
    if (FakeSocket.#last === undefined) {
      throw new Error('No socket was opened');
    }
    return FakeSocket.#last;
  }

  open(): void {
    this.readyState = FakeSocket.OPEN;
    this.dispatchEvent(new Event('open'));
  }

  send(bytes: Uint8Array): void {
    this.sent.push(fromBinary(ClientMessageSchema, bytes));
  }

  close(code?: number): void {
    this.closedWith ??= code;
    this.drop('');
  }

  drop(reason: string): void {
    if (this.readyState !== 3) {
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason }));
    }
  }

  /** The server says something; in reply to the last request unless told. */
  answer(
    body: ServerMessage['body'],
    inReplyTo = this.sent.at(-1)?.requestId ?? 0n,
    sequence = 0n,
  ): void {
    const message = create(ServerMessageSchema, { inReplyTo, body, sequence });
    this.receive(new Uint8Array(toBinary(ServerMessageSchema, message)).buffer);
  }

  tell(body: ServerMessage['body'], sequence = 0n): void {
    this.answer(body, 0n, sequence);
  }

  /** Opens, and answers the greeting. */
  async greet(welcome: MessageInitShape<typeof Welcome> = {}): Promise<void> {
    this.open();
    await settle();
    this.answer({ case: 'welcome', value: create(WelcomeSchema, welcome) });
    await settle();
  }

  /** The last request of a kind. */
  request<K extends NonNullable<ClientMessage['body']['case']>>(kind: K): SentRequest<K> {
    const sent = this.sent.findLast(({ body }) => body.case === kind);
    if (sent === undefined) {
      throw new Error(`No ${kind} was sent, but ${this.kinds().join(', ')}`);
    }
    return { id: sent.requestId, value: sent.body.value as SentRequest<K>['value'] };
  }

  receive(data: ArrayBuffer): void {
    this.dispatchEvent(Object.assign(new Event('message'), { data }));
  }

  /** The kinds of message that were sent, in their order. */
  kinds(): (string | undefined)[] {
    return this.sent.map(({ body }) => body.case);
  }
}

export class FakeTrack extends EventTarget {
  enabled = true;
  stopped = false;
  readonly label = '';

  constructor(readonly kind: 'audio' | 'video') {
    super();
  }

  getSettings(): MediaTrackSettings {
    return {};
  }

  stop(): void {
    this.stopped = true;
  }
}

export class FakeStream {
  constructor(readonly tracks: FakeTrack[] = []) {}

  getTracks(): FakeTrack[] {
    return this.tracks;
  }

  getAudioTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'audio');
  }

  getVideoTracks(): FakeTrack[] {
    return this.tracks.filter(({ kind }) => kind === 'video');
  }

  addTrack(track: FakeTrack): void {
    this.tracks.push(track);
  }

  removeTrack(track: FakeTrack): void {
    this.tracks.splice(this.tracks.indexOf(track), 1);
  }
}

interface FakeTransceiver {
  kind: string;
  mid: string | null;
  direction: string;
  sender: { track: unknown; replaceTrack: (track: unknown) => Promise<void> };
  receiver: { track: FakeTrack };
}

/** A peer connection that writes down what is done with it; its SDP lists the sections as `mid:direction`. */
export class FakePeer extends EventTarget {
  static #last: FakePeer | undefined;
  static #offering: FakePeer | undefined;
  connectionState = 'new';
  signalingState = 'stable';
  localDescription: { type: string; sdp: string } | null = null;
  readonly log: string[] = [];
  readonly transceivers: FakeTransceiver[] = [];

  constructor() {
    super();
    FakePeer.#last = this;
  }

  /** The one that was made last. */
  static get last(): FakePeer {
    if (FakePeer.#last === undefined) {
      throw new Error('No peer connection was made');
    }
    return FakePeer.#last;
  }

  /** The one that offered last. */
  static get offering(): FakePeer {
    if (FakePeer.#offering === undefined) {
      throw new Error('No peer connection has offered');
    }
    return FakePeer.#offering;
  }

  addTransceiver(kind: 'audio' | 'video', init: { direction: string }): FakeTransceiver {
    const sender: FakeTransceiver['sender'] = {
      track: null,
      replaceTrack: (track) => {
        sender.track = track;
        return Promise.resolve();
      },
    };
    const receiver = { track: new FakeTrack(kind) };
    const transceiver = { kind, mid: null, direction: init.direction, sender, receiver };
    this.transceivers.push(transceiver);
    return transceiver;
  }

  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }

  createOffer(): Promise<{ type: string; sdp: string }> {
    FakePeer.#offering = this;
    return Promise.resolve({
      type: 'offer',
      sdp: this.transceivers.map(({ direction }, mid) => `${String(mid)}:${direction}`).join(' '),
    });
  }

  createAnswer(): Promise<{ type: string; sdp: string }> {
    return Promise.resolve({ type: 'answer', sdp: 'answer' });
  }

  setLocalDescription(description: { type: string; sdp?: string }): Promise<void> {
    this.log.push(`local ${description.type}`);
    if (description.type === 'rollback') {
      this.signalingState = 'stable';
      return Promise.resolve();
    }
    this.signalingState = description.type === 'offer' ? 'have-local-offer' : 'stable';
    this.localDescription = { type: description.type, sdp: description.sdp ?? '' };
    this.transceivers.forEach((transceiver, mid) => (transceiver.mid = String(mid)));
    return Promise.resolve();
  }

  setRemoteDescription(description: { type: string; sdp: string }): Promise<void> {
    this.log.push(`remote ${description.type}`);
    if (description.type === 'offer') {
      // "0 1" offers two sections of video
      for (const mid of description.sdp.split(' ')) {
        if (!this.transceivers.some((transceiver) => transceiver.mid === mid)) {
          this.addTransceiver('video', { direction: 'recvonly' }).mid = mid;
        }
      }
    }
    this.signalingState = description.type === 'offer' ? 'have-remote-offer' : 'stable';
    return Promise.resolve();
  }

  become(state: string): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  restartIce(): void {
    this.log.push('restart');
  }

  close(): void {
    this.log.push('close');
  }
}

/** Lets everything that is ready to run do so. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) {
    await Promise.resolve();
  }
}
