import type { CallState } from '../api';
import { wrongState } from '../errors';
import { CallKind, ParticipantState } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CallEntry } from './CallEntry';
import type { CallSession } from './CallSession';
import { SET_UP_TIMEOUT_MS } from './CallSignaling';
import type { Phase } from './states';
import { callStateOf, hasAccepted } from './states';

/** How much longer than the server this client waits for somebody to accept: the server's word is the better one. */
const GRACE_MS = 5_000;

export interface ProgressListener {
  stateChanged(): void;
  /** Nobody has accepted in time, and the server did not say so. */
  unanswered(): void;
}

/** How far a call has come: what its state follows from, and what waits for it. */
export class CallProgress {
  readonly #session: CallSession;
  readonly #listener: ProgressListener;
  #phase: Phase = 'none';
  /** Waits for somebody to accept. */
  #rings: boolean;
  #ringing: ReturnType<typeof setTimeout> | undefined;
  readonly #toTelephone: boolean;
  #held = false;
  #state: CallState = 'None';
  readonly #waiting = new Set<() => void>();

  constructor(session: CallSession, entry: CallEntry, listener: ProgressListener) {
    this.#session = session;
    this.#listener = listener;
    this.#rings = entry.kind === 'place';
    this.#toTelephone = entry.kind === 'place' && entry.targets.some((id) => id.startsWith('4:'));
    session.on('rosterUpdated', () => {
      this.#update();
    });
    session.on('callStateUpdated', () => {
      this.#update();
    });
    session.on('selfUpdated', () => {
      if (this.#phase === 'lobby' && session.self?.state !== ParticipantState.IN_LOBBY) {
        this.#enter('joined');
      }
    });
  }

  get state(): CallState {
    return this.#state;
  }

  /** Whether others can be heard. */
  get isReady(): boolean {
    return this.#phase === 'ready' || (this.#phase === 'leaving' && !this.#rings);
  }

  isOver(): boolean {
    return this.#phase === 'leaving' || this.#phase === 'over';
  }

  entering(): void {
    this.#enter('entering');
  }

  /** The server has this client in the call. */
  joined(state: ParticipantState): void {
    const timeouts = this.#session.timeouts;
    if (this.#rings) {
      const limit = this.#toTelephone ? timeouts?.pstnCallSetupMs : timeouts?.callSetupMs;
      this.#ringing = setTimeout(
        () => {
          this.#listener.unanswered();
        },
        Math.max(limit ?? SET_UP_TIMEOUT_MS, timeouts?.groupCallSetupMs ?? 0) + GRACE_MS,
      );
    }
    this.#enter(state === ParticipantState.IN_LOBBY ? 'lobby' : 'joined');
  }

  /** Resolves when this client is not in the lobby any more. */
  async admitted(): Promise<void> {
    if (this.#phase === 'lobby') {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  /** Media flows. */
  ready(): void {
    this.#enter('ready');
  }

  leaving(): void {
    this.#enter('leaving');
  }

  over(): void {
    clearTimeout(this.#ringing);
    this.#enter('over');
  }

  /** @throws CommunicationServicesError 409 unless somebody talks to somebody */
  requireReady(): void {
    if (
      this.#state !== 'Connected' &&
      this.#state !== 'LocalHold' &&
      this.#state !== 'RemoteHold'
    ) {
      throw wrongState(`The call is ${this.#state}, and not Connected`);
    }
  }

  /** @throws CommunicationServicesError 409 unless connected */
  async hold(): Promise<void> {
    if (this.#state !== 'Connected' && this.#state !== 'RemoteHold') {
      throw wrongState(`The call is ${this.#state}, and can't be held`);
    }
    await this.#setHold(true);
  }

  /** @throws CommunicationServicesError 409 unless held here */
  async resume(): Promise<void> {
    if (!this.#held) {
      throw wrongState('The call is not held');
    }
    await this.#setHold(false);
  }

  async #setHold(on: boolean): Promise<void> {
    await this.#session.signaling.setHold(on);
    this.#held = on;
    this.#update();
  }

  #enter(phase: Phase): void {
    // Over is over.
    this.#phase = this.#phase === 'over' ? 'over' : phase;
    if (phase !== 'lobby') {
      for (const resolve of this.#waiting) {
        resolve();
      }
      this.#waiting.clear();
    }
    this.#update();
  }

  #update(): void {
    if (this.#rings && this.#session.roster.some(hasAccepted)) {
      this.#rings = false;
      clearTimeout(this.#ringing);
    }
    const state = this.#onward(
      callStateOf({
        phase: this.#phase,
        rings: this.#rings,
        held: this.#held,
        kind: this.#session.callState?.kind ?? CallKind.UNSPECIFIED,
        others: this.#session.roster,
      }),
    );
    if (this.#state !== state) {
      this.#state = state;
      this.#listener.stateChanged();
    }
  }

  /** Who has accepted while own media is not there yet is not shown as a step back. */
  #onward(state: CallState): CallState {
    const rang = this.#state === 'Ringing' || this.#state === 'EarlyMedia';
    return rang && state === 'Connecting' ? this.#state : state;
  }
}
