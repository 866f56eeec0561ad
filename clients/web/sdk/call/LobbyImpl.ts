import type { Lobby, LobbyEvents, RemoteParticipant } from '../api';
import { CommunicationServicesError } from '../errors';
import { Emitter } from '../events';
import { ParticipantState } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { rawIdOf } from '../identifiers';
import type { CallSession } from './CallSession';

/** The server's sub-code for who is not in the call. */
const UNKNOWN_PARTICIPANT = 40403;

/** Who waits to be let in, kept in step with the roster. */
export class LobbyImpl extends Emitter<LobbyEvents> implements Lobby {
  readonly #session: CallSession;
  #participants: readonly RemoteParticipant[] = [];

  constructor(session: CallSession) {
    super();
    this.#session = session;
    session.on('rosterUpdated', () => {
      this.#update();
    });
  }

  get participants(): readonly RemoteParticipant[] {
    return this.#participants;
  }

  get isOn(): boolean {
    return this.#session.callState?.lobby ?? false;
  }

  admit(participant: CommunicationIdentifier): Promise<void> {
    return this.#answer(participant, true);
  }

  reject(participant: CommunicationIdentifier): Promise<void> {
    return this.#answer(participant, false);
  }

  async admitAll(): Promise<{ successCount: number; failureCount: number }> {
    const successCount = this.#participants.length;
    if (successCount > 0) {
      await this.#session.signaling.answerLobby([], true);
    }
    return { successCount, failureCount: 0 };
  }

  async turn(on: boolean): Promise<void> {
    await this.#session.signaling.setLobby(on);
  }

  async #answer(participant: CommunicationIdentifier, admit: boolean): Promise<void> {
    const ids = this.#waitingIds(rawIdOf(participant));
    if (ids.length === 0) {
      throw new CommunicationServicesError({
        code: 404,
        subCode: UNKNOWN_PARTICIPANT,
        message: 'They do not wait in the lobby',
      });
    }
    await this.#session.signaling.answerLobby(ids, admit);
  }

  #waitingIds(userId: string): string[] {
    return this.#session.roster
      .filter((entry) => entry.state === ParticipantState.IN_LOBBY && entry.userId === userId)
      .map(({ participantId }) => participantId);
  }

  #update(): void {
    const before = this.#participants;
    const now = this.#session.participants.all.filter(({ state }) => state === 'InLobby');
    const added = now.filter((participant) => !before.includes(participant));
    const removed = before.filter((participant) => !now.some((other) => other === participant));
    this.#participants = now;
    if (added.length + removed.length > 0) {
      this.emit('lobbyParticipantsUpdated', { added, removed });
    }
  }
}
