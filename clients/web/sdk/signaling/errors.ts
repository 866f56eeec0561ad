import { CommunicationServicesError, ErrorSubCode } from '../errors';

/** The server's sub-code for a session that can't be resumed any more. */
const SESSION_OVER = 41001;

/** The connection closed, and nothing follows on it. */
export function connectionLost(reason: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 490,
    subCode: ErrorSubCode.ConnectionLost,
    message: reason === '' ? 'The connection was lost' : `The connection was lost: ${reason}`,
  });
}

/** Signalling was lost for longer than the server waits: what a call that ends of it has as its reason. */
export function lostForTooLong(): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 410,
    subCode: 301005,
    message: 'The connection to the server was lost for too long',
  });
}

export function unreachable(url: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 503,
    subCode: ErrorSubCode.ConnectionFailed,
    message: `No connection to ${url}; is the server running, and its certificate trusted?`,
  });
}

export function requestTimedOut(what: string, timeoutMs: number): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 408,
    subCode: ErrorSubCode.RequestTimedOut,
    message: `The server didn't answer ${what} within ${String(timeoutMs / 1000)} s`,
  });
}

export function unexpectedAnswer(answer: string, expected: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 500,
    subCode: ErrorSubCode.ConnectionFailed,
    message: `The server answered ${answer} where ${expected} was expected`,
  });
}

/** Whether a session that ended with this is over for good, so that no new socket can go on with it. */
export function isFinal(error: CommunicationServicesError): boolean {
  return error.code === 401 || error.code === 403 || error.subCode === SESSION_OVER;
}

/** Whether the token, or what it allows, is the cause: trying again with the same one is of no use. */
export function isRefusal(error: unknown): error is CommunicationServicesError {
  return error instanceof CommunicationServicesError && (error.code === 401 || error.code === 403);
}
