import { create } from '@bufbuild/protobuf';
import type { MicrosoftTeamsUserIdentifier } from '@azure/communication-common';

import type { Call, CustomContext } from '../api';
import { toProtocol } from '../call/CallEntry';
import { CommunicationServicesError, invalidArgument, notSupported } from '../errors';
import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { TransferUpdate } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  TransferCallSchema,
  TransferUpdate_State,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { rawIdOf } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export type TransferState = 'None' | 'Transferring' | 'Transferred' | 'Failed';

/** As callEndReason. */
export interface TransferErrorCode {
  readonly code: number;
  readonly subCode?: number;
}

export interface TransferEvents {
  stateChanged: PropertyChangedEvent;
}

/** A transfer that this client asked for; the call ends when it succeeds, and goes on when it does not. */
export interface Transfer extends EventSource<TransferEvents> {
  readonly state: TransferState;
  /** Set once failed. */
  readonly error?: TransferErrorCode | undefined;
}

export interface TransferToParticipantLocator {
  targetParticipant: CommunicationIdentifier;
}
export interface TransferToCallLocator {
  /** The id of another 1:1 call of this user. */
  targetCallId: string;
}
/** Teams only. */
export interface TransferToVoicemailLocator {
  targetParticipantVoicemail: MicrosoftTeamsUserIdentifier;
}
export interface TransferToParticipantOptions {
  /** Taken and without effect: there is no forwarding. */
  disableForwardingAndUnanswered?: boolean;
  customContext?: CustomContext;
}
export interface TransferToCallOptions {
  customContext?: CustomContext;
}
export type TransferToVoicemailOptions = object;

export interface TransferEventArgs {
  targetCall: Call;
}
export type TransferAcceptedEvent = (args: TransferEventArgs) => void;
export type TransferAcceptedEventType = 'transferAccepted';

export type TransferFeatureEvents = Record<TransferAcceptedEventType, TransferAcceptedEvent>;

export interface TransferCallFeature extends CallFeature, EventSource<TransferFeatureEvents> {
  /**
   * Moves the other one of this 1:1 call to somebody else, or into another call. How it goes is told by the transfer that is
   * returned.
   *
   * @throws CommunicationServicesError 400 for a target that is none, 501 for a voicemail
   */
  transfer(target: TransferToParticipantLocator, options?: TransferToParticipantOptions): Transfer;
  transfer(target: TransferToCallLocator, options?: TransferToCallOptions): Transfer;
  transfer(target: TransferToVoicemailLocator, options?: TransferToVoicemailOptions): Transfer;
}

class OwnTransfer extends Emitter<TransferEvents> implements Transfer {
  #state: TransferState = 'None';
  #error: TransferErrorCode | undefined;

  get state(): TransferState {
    return this.#state;
  }

  get error(): TransferErrorCode | undefined {
    return this.#error;
  }

  become(state: TransferState, error?: TransferErrorCode): void {
    if (this.#state !== state && this.#state !== 'Transferred' && this.#state !== 'Failed') {
      this.#state = state;
      this.#error = error;
      this.emit('stateChanged');
    }
  }
}

export class TransferFeature
  extends OwnCallFeature<TransferFeatureEvents>
  implements TransferCallFeature
{
  readonly name = 'Transfer';
  /** Those that go on, by the server's id. */
  readonly #transfers = new Map<string, OwnTransfer>();

  constructor(context: CallFeatureContext) {
    super(context);
    this.listen('serverMessage', (body) => {
      if (body.case === 'transferUpdate') {
        this.#updated(body.value);
      }
    });
    this.internals.onTransferOffer((offer) => {
      this.emit('transferAccepted', { targetCall: this.internals.acceptTransfer(offer) });
    });
  }

  transfer(
    target: TransferToParticipantLocator | TransferToCallLocator | TransferToVoicemailLocator,
    options: TransferToParticipantOptions = {},
  ): Transfer {
    const context = options.customContext && { customContext: toProtocol(options.customContext) };
    const value = create(TransferCallSchema, { target: targetOf(target), ...context });
    const transfer = new OwnTransfer();
    this.internals.request({ case: 'transferCall', value }).then(
      (body) => {
        if (body.case === 'transferStarted') {
          this.#transfers.set(body.value.transferId, transfer);
          transfer.become('Transferring');
        }
      },
      (error: unknown) => {
        transfer.become('Failed', reasonOf(error));
      },
    );
    return transfer;
  }

  #updated(update: TransferUpdate): void {
    const transfer = this.#transfers.get(update.transferId);
    switch (update.state) {
      case TransferUpdate_State.TRANSFERRED:
        transfer?.become('Transferred');
        this.#transfers.delete(update.transferId);
        break;
      case TransferUpdate_State.FAILED:
        transfer?.become('Failed', { code: update.code, subCode: update.subCode });
        this.#transfers.delete(update.transferId);
        break;
      default:
        transfer?.become('Transferring');
    }
  }

  override dispose(): void {
    super.dispose();
    this.#transfers.clear();
  }
}

function targetOf(
  target: TransferToParticipantLocator | TransferToCallLocator | TransferToVoicemailLocator,
): { case: 'targetUser' | 'targetCall'; value: string } {
  if ('targetParticipant' in target) {
    const value = rawIdOf(target.targetParticipant);
    if (value === '') {
      throw invalidArgument('targetParticipant must be somebody whom this server knows');
    }
    return { case: 'targetUser', value };
  }
  if ('targetCallId' in target) {
    if (target.targetCallId === '') {
      throw invalidArgument('targetCallId must not be empty');
    }
    return { case: 'targetCall', value: target.targetCallId };
  }
  throw notSupported('A transfer to voicemail');
}

function reasonOf(error: unknown): TransferErrorCode {
  return error instanceof CommunicationServicesError
    ? { code: error.code, subCode: error.subCode }
    : { code: 500 };
}
