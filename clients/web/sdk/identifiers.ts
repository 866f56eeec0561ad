import type {
  CommunicationIdentifier,
  CommunicationIdentifierKind,
} from '@azure/communication-common';

import { invalidArgument, notSupported } from './errors';

export type {
  CommunicationIdentifier,
  CommunicationIdentifierKind,
  CommunicationUserKind,
  PhoneNumberKind,
  UnknownIdentifierKind,
} from '@azure/communication-common';

/** The raw id of an identifier. @throws CommunicationServicesError 501 for one of Microsoft Teams, 400 for none at all */
export function rawIdOf(identifier: CommunicationIdentifier): string {
  if ('communicationUserId' in identifier) {
    return identifier.communicationUserId;
  }
  if ('phoneNumber' in identifier) {
    return identifier.rawId ?? `4:${identifier.phoneNumber}`;
  }
  if ('id' in identifier) {
    return identifier.id;
  }
  if (['microsoftTeamsUserId', 'teamsAppId', 'userId'].some((key) => key in identifier)) {
    throw notSupported('Calling users and apps of Microsoft Teams');
  }
  throw invalidArgument('An identifier must name a communication user or a phone number');
}

const USER_PREFIXES = ['8:acs:', '8:spool:', '8:gcch-acs:', '8:dod-acs:'];

/** Reads a raw id; one that no rule knows becomes `unknown` with the id unchanged. */
export function identifierFromRawId(rawId: string): CommunicationIdentifierKind {
  if (USER_PREFIXES.some((prefix) => rawId.startsWith(prefix) && rawId.length > prefix.length)) {
    return { kind: 'communicationUser', communicationUserId: rawId };
  }
  if (rawId.startsWith('4:') && rawId.length > 2) {
    return { kind: 'phoneNumber', phoneNumber: rawId.slice(2), rawId };
  }
  return { kind: 'unknown', id: rawId };
}

/** An identifier as a call knows it, of one that an application made. */
export function kindOf(identifier: CommunicationIdentifier): CommunicationIdentifierKind {
  return identifierFromRawId(rawIdOf(identifier));
}
