import { create } from '@bufbuild/protobuf';

import type { AcceptCallOptions, Call, CallEndReason, CallingLogger } from '../api';
import { wrongState } from '../errors';
import type { IncomingCall as Ring } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  IncomingCallShownSchema,
  RejectCall_Reason,
  RejectCallSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import { lostForTooLong } from '../signaling/errors';
import type { AgentConnections } from './AgentConnections';
import { IncomingCallImpl } from './IncomingCallImpl';

export interface IncomingCallsListener {
  /** Tells the application. False when it does not listen. */
  rings(incoming: IncomingCallImpl): boolean;
  /** How the news was taken, as callEndReason of the calling SDK: code 0 when the caller now sees it ringing. */
  handled(callId: string, outcome: CallEndReason): void;
  /** Answers a call. */
  accept(incoming: IncomingCallImpl, options: AcceptCallOptions): Promise<Call>;
}

/** Calls that ring for an agent's user. */
export class IncomingCalls {
  readonly #connections: AgentConnections;
  readonly #listener: IncomingCallsListener;
  readonly #logger: CallingLogger | undefined;
  /** By call id. */
  readonly #ringing = new Map<string, IncomingCallImpl>();

  constructor(
    connections: AgentConnections,
    listener: IncomingCallsListener,
    logger: CallingLogger | undefined,
  ) {
    this.#connections = connections;
    this.#listener = listener;
    this.#logger = logger;
    connections.on('received', (body) => {
      if (body.case === 'incomingCall') {
        this.#rings(body.value);
      } else if (body.case === 'incomingCallEnded') {
        const { callId, code, subCode } = body.value;
        this.#ended(callId, { code, subCode });
      }
    });
    connections.on('sessionOver', () => {
      this.endAll();
    });
  }

  /** Nothing rings any more, because nobody would hear that it stops. */
  endAll(): void {
    const { code, subCode } = lostForTooLong();
    for (const callId of [...this.#ringing.keys()]) {
      this.#ended(callId, { code, subCode });
    }
  }

  #rings(ring: Ring): void {
    if (this.#ringing.has(ring.callId)) {
      return;
    }
    const incoming = new IncomingCallImpl(
      {
        accept: (call, options) => this.#listener.accept(call, options),
        reject: (callId) => this.#reject(callId),
      },
      ring,
    );
    this.#ringing.set(ring.callId, incoming);
    if (this.#listener.rings(incoming)) {
      void this.#shown(ring.callId);
    }
  }

  async #shown(callId: string): Promise<void> {
    const value = create(IncomingCallShownSchema, { callId });
    try {
      await this.#connections.main?.request({ case: 'incomingCallShown', value }, 'done');
      this.#listener.handled(callId, { code: 0, subCode: 0 });
    } catch (error) {
      // Over already, mostly; the server says so by itself.
      this.#logger?.info('The caller could not be told that it rings', error);
      const { code, subCode } = error as { code: number; subCode: number };
      this.#listener.handled(callId, { code, subCode });
    }
  }

  async #reject(callId: string): Promise<void> {
    const main = this.#connections.main;
    if (main === undefined) {
      throw wrongState('The agent is not connected');
    }
    const value = create(RejectCallSchema, { callId, reason: RejectCall_Reason.DECLINED });
    await main.request({ case: 'rejectCall', value }, 'done');
  }

  #ended(callId: string, reason: CallEndReason): void {
    const incoming = this.#ringing.get(callId);
    this.#ringing.delete(callId);
    incoming?.ended(reason);
  }
}
