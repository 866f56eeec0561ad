/**
 * What the SDK itself finds wrong, as `subCode` beside a `code` numbered like HTTP. Errors that the server answers carry
 * the server's own numbers (docs/calling/errors.md); these begin at 90000 so that the two never meet.
 */
export const ErrorSubCode = {
  /** 400: an argument is missing or malformed; the message names it. */
  InvalidArgument: 90000,
  /** 409: the call or stream is not in a state that allows this. */
  WrongState: 90001,
  /** 501: only Microsoft Teams has this. */
  NotSupported: 90002,
  /** 503: no connection to the server could be made. */
  ConnectionFailed: 90010,
  /** 490: the connection to the server was lost during the call. */
  ConnectionLost: 90011,
  /** 408: the server did not answer in time. */
  RequestTimedOut: 90012,
  /** 490: media could not flow between this browser and the server. */
  MediaFailed: 90020,
  /** 408: the call was not set up in time: 85 s unless the server says otherwise. */
  SetUpTimedOut: 90021,
  /** 403: the user or the browser refused the camera, microphone or screen. */
  DeviceRefused: 90030,
  /** 404: there is no such camera or microphone. */
  DeviceAbsent: 90031,
  /** 409: the device exists but can't be opened, mostly because another program holds it. */
  DeviceInUse: 90032,
  /** 500: the browser could not open the device for another reason. */
  DeviceFailed: 90033,
  /** 404: the remote stream is not being sent, or ended while it was asked for. */
  StreamNotAvailable: 90040,
} as const;

/** The error that every promise of the SDK rejects with, and every constructor throws. */
export class CommunicationServicesError extends Error {
  /** Numbered like HTTP. */
  readonly code: number;
  /** Tells apart errors of the same code. */
  readonly subCode: number;

  constructor(details: { code: number; subCode: number; message: string; cause?: unknown }) {
    super(details.message, { cause: details.cause });
    this.name = 'CommunicationServicesError';
    this.code = details.code;
    this.subCode = details.subCode;
  }
}

export function invalidArgument(message: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 400,
    subCode: ErrorSubCode.InvalidArgument,
    message,
  });
}

export function wrongState(message: string): CommunicationServicesError {
  return new CommunicationServicesError({ code: 409, subCode: ErrorSubCode.WrongState, message });
}

/** For what only Microsoft Teams has. */
export function notSupported(what: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 501,
    subCode: ErrorSubCode.NotSupported,
    message: `${what}: not supported, because it needs Microsoft Teams`,
  });
}

export function mediaFailed(message: string): CommunicationServicesError {
  return new CommunicationServicesError({ code: 490, subCode: ErrorSubCode.MediaFailed, message });
}

export function streamNotAvailable(message: string): CommunicationServicesError {
  return new CommunicationServicesError({
    code: 404,
    subCode: ErrorSubCode.StreamNotAvailable,
    message,
  });
}

/** What getUserMedia and getDisplayMedia throw, in the SDK's numbers; `what` is "camera", "microphone" or "screen". */
export function deviceError(what: string, cause: unknown): CommunicationServicesError {
  const name = cause instanceof Error ? cause.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return new CommunicationServicesError({
        code: 403,
        subCode: ErrorSubCode.DeviceRefused,
        message: `The use of the ${what} was refused`,
        cause,
      });
    case 'NotFoundError':
    case 'OverconstrainedError':
      return new CommunicationServicesError({
        code: 404,
        subCode: ErrorSubCode.DeviceAbsent,
        message: `There is no such ${what}`,
        cause,
      });
    case 'NotReadableError':
    case 'AbortError':
      return new CommunicationServicesError({
        code: 409,
        subCode: ErrorSubCode.DeviceInUse,
        message: `The ${what} can't be opened; another program may be using it`,
        cause,
      });
    default:
      return new CommunicationServicesError({
        code: 500,
        subCode: ErrorSubCode.DeviceFailed,
        message: `The ${what} could not be opened`,
        cause,
      });
  }
}
