import type { AddPhoneNumberOptions, CallingLogger, RemoteParticipant } from '../api';
import { CommunicationServicesError } from '../errors';
import type { CallSession } from './CallSession';

/** The server's sub-code for who is not in the call. */
const UNKNOWN_PARTICIPANT = 40403;

/** Who is called into a call, and taken out of it. */
export class CallPeople {
  readonly #session: CallSession;
  readonly #logger: CallingLogger | undefined;

  constructor(session: CallSession, logger: CallingLogger | undefined) {
    this.#session = session;
    this.#logger = logger;
  }

  /** These are being called, by their raw ids. */
  expect(userIds: readonly string[]): void {
    for (const userId of userIds) {
      this.#session.participants.expect(userId);
    }
  }

  /** Calls somebody; what becomes of it the participant tells. */
  add(userId: string, options: AddPhoneNumberOptions): RemoteParticipant {
    const participant = this.#session.participants.expect(userId);
    this.#session.signaling.addParticipant(userId, options).catch((error: unknown) => {
      this.#logger?.warning('They could not be called', error);
      const { code, subCode } =
        error instanceof CommunicationServicesError ? error : { code: 500, subCode: 0 };
      this.#session.participants.giveUp(userId, { code, subCode });
    });
    return participant;
  }

  /** Takes all devices of a user out. @throws CommunicationServicesError 404 when there is none */
  async remove(userId: string): Promise<void> {
    const devices = this.#session.roster.filter((entry) => entry.userId === userId);
    if (devices.length === 0) {
      throw new CommunicationServicesError({
        code: 404,
        subCode: UNKNOWN_PARTICIPANT,
        message: 'They are not in the call',
      });
    }
    const { signaling } = this.#session;
    await Promise.all(devices.map((device) => signaling.removeParticipant(device.participantId)));
  }
}
