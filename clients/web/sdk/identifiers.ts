// The identifier kinds of @azure/communication-common, as far as a call can meet them, structurally the same: an object of
// one is an object of the other.

import { invalidArgument, notSupported } from './errors';

/** A user of the communication service. */
export interface CommunicationUserKind {
  kind: 'communicationUser';
  /** The raw id, such as `8:acs:<resource>_<user>`. */
  communicationUserId: string;
}

/** Somebody on the telephone network. */
export interface PhoneNumberKind {
  kind: 'phoneNumber';
  /** The number in E.164 form. */
  phoneNumber: string;
  rawId?: string;
}

/** An id of a form that this version doesn't know. */
export interface UnknownIdentifierKind {
  kind: 'unknown';
  id: string;
}

export type CommunicationIdentifierKind =
  CommunicationUserKind | PhoneNumberKind | UnknownIdentifierKind;

/**
 * Anybody whom an application may name: an identifier of @azure/communication-common, with or without its `kind`. Those of
 * Microsoft Teams are understood, to say that they can't be called.
 */
export type CommunicationIdentifier =
  | { communicationUserId: string }
  | { phoneNumber: string; rawId?: string }
  | { id: string }
  | { microsoftTeamsUserId: string }
  | { teamsAppId: string };

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
  if ('microsoftTeamsUserId' in identifier || 'teamsAppId' in identifier) {
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
