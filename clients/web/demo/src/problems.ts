import { CommunicationServicesError, ErrorSubCode } from '@vaxel/calling';
import type { CallEndReason } from '@vaxel/calling';

/** What to tell the user about a camera or microphone that can't be used, and what they can do. */
export interface DeviceProblem {
  title: string;
  advice: string;
}

export function deviceProblem(device: 'camera' | 'microphone', error: unknown): DeviceProblem {
  const subCode = error instanceof CommunicationServicesError ? error.subCode : undefined;
  const without = `You can join without ${device === 'camera' ? 'it' : 'it and listen'}.`;
  switch (subCode) {
    case ErrorSubCode.DeviceRefused:
      return {
        title: `The ${device} is blocked`,
        advice: window.isSecureContext
          ? `Allow the ${device} for this page with the symbol at the address bar (or in the system's privacy settings), then try again. ${without}`
          : `Browsers give the ${device} to secure pages only: open this page with https://. ${without}`,
      };
    case ErrorSubCode.DeviceAbsent:
      return {
        title: `No ${device} was found`,
        advice: `Plug one in and try again. ${without}`,
      };
    case ErrorSubCode.DeviceInUse:
      return {
        title: `The ${device} is in use`,
        advice: `Close other programs and tabs that use it, then try again. ${without}`,
      };
    default:
      return {
        title: `The ${device} could not be opened`,
        advice: `Try again or choose another one. ${without}`,
      };
  }
}

/** Why joining or a change in the call failed, for people. */
export function describeError(error: unknown): string {
  if (error instanceof CommunicationServicesError) {
    switch (error.code) {
      case 401:
        return 'The server did not accept the token. It may have expired: get a new one.';
      case 403:
        return error.subCode === ErrorSubCode.DeviceRefused
          ? `${error.message}.`
          : 'The token does not allow calls: it needs the scope voip.';
      default:
        return `${error.message}.`;
    }
  }
  return error instanceof Error ? error.message : 'Something went wrong.';
}

/** Why the call is over, for people; undefined when the user left. */
export function describeEnd(reason: CallEndReason | undefined): string | undefined {
  if (reason === undefined || reason.code === 0) {
    return undefined;
  }
  switch (reason.subCode) {
    case ErrorSubCode.ConnectionLost:
      return 'The connection to the server was lost.';
    case ErrorSubCode.ConnectionFailed:
      return 'The server could not be reached.';
    case ErrorSubCode.MediaFailed:
      return 'Sound and pictures could not get through between this browser and the server. Are its UDP or TCP media ports open?';
    case ErrorSubCode.SetUpTimedOut:
      return 'The call could not be set up in time. Are the media ports of the server open?';
    default:
      return `The server ended the call (code ${String(reason.code)}, ${String(reason.subCode ?? 0)}).`;
  }
}
