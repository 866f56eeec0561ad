import { create } from '@bufbuild/protobuf';

import type { CallInternals } from '../call/CallInternals';
import { invalidArgument, wrongState } from '../errors';
import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { DataReceived } from '../generated/vaxel/signaling/v1/signaling_pb';
import { SendDataSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier, CommunicationIdentifierKind } from '../identifiers';
import { kindOf } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';
import { isDiagnostics } from './diagnostics/diagnosticsMessage';

export type DataChannelPriority = 'High' | 'Normal';
export type DataChannelReliability = 'Durable' | 'Lossy';

export interface DataChannelSenderOpenOptions {
  /** Taken and without effect: the server's limits hold for all. */
  bitrateInKbps?: number;
  /** 1 to 65,535; without it, or with 0, one is chosen. */
  channelId?: number;
  /** At most 64; without them everybody. */
  participants?: CommunicationIdentifier[];
  /** Taken and without effect. */
  priority?: DataChannelPriority;
  /** `Lossy` messages may be dropped where the reader is slow. `Durable` unless set. */
  reliability?: DataChannelReliability;
}

export interface DataChannelSender {
  readonly channelId: number;
  /** In bytes: 32 KiB. */
  readonly maxMessageSize: number;
  /** @throws CommunicationServicesError 400 for more than 64 */
  setParticipants(participants: CommunicationIdentifier[]): void;
  /**
   * @throws CommunicationServicesError 400 for a message that is too large or when none of the recipients is in the call, 409 when
   *     closed, 429 for too many
   */
  sendMessage(data: Uint8Array): Promise<void>;
  /** No more will come; the receivers hear of it. */
  close(): void;
}

export interface DataChannelMessage {
  /** From 1 for each sender and channel; a gap is a lossy message that was dropped, or one that nobody read in time. */
  sequenceNumber: number;
  data: Uint8Array;
}

export type DataChannelReceiverMessageReadyEvent = PropertyChangedEvent;
export type DataChannelReceiverCloseEvent = PropertyChangedEvent;
export interface DataChannelReceiverEvents {
  messageReady: DataChannelReceiverMessageReadyEvent;
  close: DataChannelReceiverCloseEvent;
}

/** One sender's channel; it closes when the sender closes it or leaves, or says nothing for two minutes. */
export interface DataChannelReceiver extends EventSource<DataChannelReceiverEvents> {
  readonly channelId: number;
  readonly senderParticipantIdentifier: CommunicationIdentifierKind;
  /** The next message, or undefined. At most 256 wait; the oldest make room. */
  readMessage(): DataChannelMessage | undefined;
}

export type DataChannelReceiverCreatedEvent = (args: DataChannelReceiver) => void;
export interface DataChannelEvents {
  dataChannelReceiverCreated: DataChannelReceiverCreatedEvent;
}

/** Messages between the applications of a call, by way of the server. What arrives before the feature is asked for is lost. */
export interface DataChannelCallFeature extends CallFeature, EventSource<DataChannelEvents> {
  /** @throws CommunicationServicesError 400 for an id out of range or in use, or more than 64 recipients */
  createDataChannelSender(options: DataChannelSenderOpenOptions): DataChannelSender;
}

const MAX_CHANNEL_ID = 65_535;
const MAX_MESSAGE_BYTES = 32 * 1024;
const MAX_RECIPIENTS = 64;
const MAX_UNREAD = 256;
const SILENT_MS = 120_000;

/** The senders that one call may have open, and the receivers that it keeps; who opens more is told or not heard. */
const MAX_CHANNELS = 1_024;

class Sender implements DataChannelSender {
  readonly maxMessageSize = MAX_MESSAGE_BYTES;
  readonly #internals: CallInternals;
  readonly #lossy: boolean;
  readonly #closed: () => void;
  #participants: CommunicationIdentifier[] = [];
  #isClosed = false;

  constructor(
    readonly channelId: number,
    options: DataChannelSenderOpenOptions,
    internals: CallInternals,
    closed: () => void,
  ) {
    this.#lossy = options.reliability === 'Lossy';
    this.#internals = internals;
    this.#closed = closed;
    this.setParticipants(options.participants ?? []);
  }

  setParticipants(participants: CommunicationIdentifier[]): void {
    if (participants.length > MAX_RECIPIENTS) {
      throw invalidArgument(`At most ${String(MAX_RECIPIENTS)} recipients can be named`);
    }
    this.#participants = [...participants];
  }

  async sendMessage(data: Uint8Array): Promise<void> {
    if (this.#isClosed) {
      throw wrongState('The channel is closed');
    }
    if (data.length > MAX_MESSAGE_BYTES) {
      throw invalidArgument(`A message has at most ${String(MAX_MESSAGE_BYTES)} bytes`);
    }
    await this.#send(data, false);
  }

  close(): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#closed();
      // Nobody waits for it; a receiver that does not hear of it closes by itself.
      this.#send(new Uint8Array(), true).catch(() => undefined);
    }
  }

  async #send(payload: Uint8Array, close: boolean): Promise<void> {
    const participantIds = this.#participants.flatMap((participant) =>
      this.#internals.participantIdsOf(kindOf(participant)),
    );
    if (this.#participants.length > 0 && participantIds.length === 0) {
      throw invalidArgument('None of the recipients is in the call');
    }
    const { channelId } = this;
    const value = create(SendDataSchema, { channelId, participantIds, payload, close });
    value.lossy = this.#lossy && !close;
    await this.#internals.request({ case: 'sendData', value });
  }
}

class Receiver extends Emitter<DataChannelReceiverEvents> implements DataChannelReceiver {
  readonly #messages: DataChannelMessage[] = [];
  readonly #silent: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly channelId: number,
    readonly senderParticipantIdentifier: CommunicationIdentifierKind,
    silent: () => void,
  ) {
    super();
    this.#silent = silent;
  }

  readMessage(): DataChannelMessage | undefined {
    return this.#messages.shift();
  }

  take(message: DataChannelMessage): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#silent, SILENT_MS);
    this.#messages.push(message);
    if (this.#messages.length > MAX_UNREAD) {
      this.#messages.shift();
    }
    this.emit('messageReady');
  }

  close(): void {
    clearTimeout(this.#timer);
    this.emit('close');
  }
}

export class DataChannelFeature
  extends OwnCallFeature<DataChannelEvents>
  implements DataChannelCallFeature
{
  readonly name = 'DataChannel';
  readonly #senders = new Map<number, Sender>();
  /** By participant id and channel. */
  readonly #receivers = new Map<string, Receiver>();

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('serverMessage', (body) => {
      if (body.case === 'dataReceived' && !isDiagnostics(body.value)) {
        this.#received(body.value);
      }
    });
    this.listen('rosterUpdated', () => {
      const present = new Set(this.internals.roster.map((entry) => entry.participantId));
      for (const key of [...this.#receivers.keys()]) {
        if (!present.has(key.slice(0, key.lastIndexOf(' ')))) {
          this.#close(key);
        }
      }
    });
  }

  createDataChannelSender(options: DataChannelSenderOpenOptions): DataChannelSender {
    const channelId = this.#channelId(options.channelId ?? 0);
    const sender = new Sender(channelId, options, this.internals, () => {
      this.#senders.delete(channelId);
    });
    this.#senders.set(channelId, sender);
    return sender;
  }

  override dispose(): void {
    super.dispose();
    for (const key of [...this.#receivers.keys()]) {
      this.#close(key);
    }
  }

  #channelId(wanted: number): number {
    if (!Number.isInteger(wanted) || wanted < 0 || wanted > MAX_CHANNEL_ID) {
      throw invalidArgument(`channelId must be from 1 to ${String(MAX_CHANNEL_ID)}`);
    }
    if (this.#senders.has(wanted) || this.#senders.size >= MAX_CHANNELS) {
      throw invalidArgument('There is a sender of this channel, or too many senders: close one');
    }
    let channelId = wanted;
    while (channelId === 0 || (wanted === 0 && this.#senders.has(channelId))) {
      channelId = 1 + Math.floor(Math.random() * MAX_CHANNEL_ID);
    }
    return channelId;
  }

  #received(message: DataReceived): void {
    const { channelId, participantId, payload, sequence, close } = message;
    const key = `${participantId} ${String(channelId)}`;
    if (close) {
      this.#close(key);
      return;
    }
    this.#receiver(key, channelId, participantId)?.take({
      sequenceNumber: Number(sequence),
      data: payload,
    });
  }

  #receiver(key: string, channelId: number, participantId: string): Receiver | undefined {
    const known = this.#receivers.get(key);
    const identifier = this.internals.identifierOf(participantId);
    if (known !== undefined || identifier === undefined || this.#receivers.size >= MAX_CHANNELS) {
      return known;
    }
    const receiver = new Receiver(channelId, identifier, () => {
      this.#close(key);
    });
    this.#receivers.set(key, receiver);
    this.emit('dataChannelReceiverCreated', receiver);
    return receiver;
  }

  #close(key: string): void {
    const receiver = this.#receivers.get(key);
    this.#receivers.delete(key);
    receiver?.close();
  }
}
