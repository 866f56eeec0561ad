import type {
  AcceptCallOptions,
  Call,
  CallEndReason,
  CallerInfo,
  CallInfo,
  CustomContext,
  IncomingCall,
  IncomingCallEvents,
} from '../api';
import { callerInfoOf, customContextOf } from '../call/CallEntry';
import { CallInfoImpl } from '../call/CallInfoImpl';
import { DECLINED } from '../call/states';
import { wrongState } from '../errors';
import { Emitter } from '../events';
import type { IncomingCall as Ring } from '../generated/vaxel/signaling/v1/signaling_pb';

/** The sub-code of 487 for a call that a device of the user has declined. */
const DECLINED_ELSEWHERE = 10024;

/** What an incoming call needs of its agent. */
export interface IncomingCallContext {
  /** Answers it, and resolves when the server has this client in the call. @throws CommunicationServicesError why it doesn't */
  accept(incoming: IncomingCallImpl, options: AcceptCallOptions): Promise<Call>;
  /** Declines it for all devices. @throws CommunicationServicesError */
  reject(callId: string): Promise<void>;
}

/** Somebody calls: from the first ring until it is answered here or rings no longer. */
export class IncomingCallImpl extends Emitter<IncomingCallEvents> implements IncomingCall {
  readonly kind = 'IncomingCall';
  readonly id: string;
  readonly info: CallInfo;
  readonly callerInfo: CallerInfo;
  readonly transferorInfo: CallerInfo | undefined;
  readonly customContext: CustomContext | undefined;
  readonly #context: IncomingCallContext;
  #state: 'ringing' | 'answering' | 'accepted' | 'rejecting' | 'ended' = 'ringing';
  #callEndReason: CallEndReason | undefined;

  constructor(context: IncomingCallContext, ring: Ring) {
    super();
    this.#context = context;
    this.id = ring.callId;
    const info = new CallInfoImpl({});
    info.joined(ring.callId, '', '');
    this.info = info;
    this.callerInfo =
      ring.caller === undefined ? { identifier: undefined } : callerInfoOf(ring.caller);
    this.transferorInfo = ring.transferor && callerInfoOf(ring.transferor);
    this.customContext = ring.customContext && customContextOf(ring.customContext);
  }

  get callEndReason(): CallEndReason | undefined {
    return this.#callEndReason;
  }

  async accept(options: AcceptCallOptions = {}): Promise<Call> {
    this.#begin('answering');
    try {
      const call = await this.#context.accept(this, options);
      this.#state = 'accepted';
      return call;
    } catch (error) {
      this.#again();
      throw error;
    }
  }

  async reject(): Promise<void> {
    this.#begin('rejecting');
    try {
      await this.#context.reject(this.id);
      this.ended(DECLINED);
    } catch (error) {
      this.#again();
      throw error;
    }
  }

  /** It rings no longer; of no interest where it was answered here. */
  ended(why: CallEndReason): void {
    // The server tells the device that declined what it tells the others.
    const declinedHere = this.#state === 'rejecting' && why.subCode === DECLINED_ELSEWHERE;
    const reason = declinedHere ? DECLINED : why;
    if (this.#state !== 'ended' && this.#state !== 'accepted' && this.#state !== 'answering') {
      this.#state = 'ended';
      this.#callEndReason = reason;
      this.emit('callEnded', { callEndReason: reason });
    } else if (this.#state === 'answering') {
      this.#callEndReason = reason; // of another device, or of ours: the answer will tell
    }
  }

  #begin(state: 'answering' | 'rejecting'): void {
    if (this.#state !== 'ringing') {
      throw wrongState('The call rings no longer, or is being answered');
    }
    this.#state = state;
  }

  /** It was not answered or rejected after all. */
  #again(): void {
    if (this.#state === 'answering' || this.#state === 'rejecting') {
      this.#state = 'ringing';
      if (this.#callEndReason !== undefined) {
        this.ended(this.#callEndReason);
      }
    }
  }
}
