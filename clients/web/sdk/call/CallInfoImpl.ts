import type { CallInfo } from '../api';
import type { CommunicationServicesError } from '../errors';
import type { PropertyChangedEvent } from '../events';
import { Emitter } from '../events';

/** What a call is called, by its application and by the server. */
export class CallInfoImpl
  extends Emitter<{ callInfoChanged: PropertyChangedEvent }>
  implements CallInfo
{
  readonly roomId: string | undefined;
  /** Of Microsoft Teams. */
  readonly threadId = undefined;
  #groupId: string | undefined;
  #participantId = '';
  readonly #serverCallId: Promise<string>;
  #known: (callId: string) => void = () => undefined;
  #unknowable: (error: CommunicationServicesError) => void = () => undefined;

  constructor(ids: { groupId?: string; roomId?: string }) {
    super();
    this.#groupId = ids.groupId;
    this.roomId = ids.roomId;
    this.#serverCallId = new Promise((resolve, reject) => {
      this.#known = resolve;
      this.#unknowable = reject;
    });
    this.#serverCallId.catch(() => undefined); // whoever asks hears of it
  }

  get groupId(): string | undefined {
    return this.#groupId;
  }

  get participantId(): string {
    return this.#participantId;
  }

  getServerCallId(): Promise<string> {
    return this.#serverCallId;
  }

  onCallInfoChanged(event: 'callInfoChanged', listener: PropertyChangedEvent): void {
    this.on(event, listener);
  }

  offCallInfoChanged(event: 'callInfoChanged', listener: PropertyChangedEvent): void {
    this.off(event, listener);
  }

  /** The call is joined. */
  joined(callId: string, participantId: string, groupId: string): void {
    this.#participantId = participantId;
    this.#groupId = groupId === '' ? this.#groupId : groupId;
    this.#known(callId);
    this.emit('callInfoChanged');
  }

  /** The call is over; without meaning when it was joined. */
  ended(error: CommunicationServicesError): void {
    this.#unknowable(error);
  }
}
