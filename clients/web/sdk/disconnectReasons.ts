/** Why a client's session ended, in the words of the ACS calling SDK. */
export type DisconnectReason =
  | 'client'
  | 'unload'
  | 'dispose'
  | 'userInitiated'
  | 'sydneyInitiated'
  | 'fatalError'
  | 'botLeft'
  | 'devicePermissions'
  | 'configureFailure'
  | 'userDidNotJoinPreheatedSession'
  | 'mediaSessionDisconnected'
  | 'sessionDisconnected'
  | 'preheatFailed'
  | 'userNavigatedAway'
  | 'preheatDisposed'
  | 'timeout';

export type DisconnectCategory = 'Expected' | 'Unexpected';

/** Expected is what somebody wanted. */
export const disconnectCategoryMap: Record<DisconnectReason, DisconnectCategory> = {
  client: 'Expected',
  unload: 'Expected',
  dispose: 'Expected',
  userInitiated: 'Expected',
  sydneyInitiated: 'Expected',
  fatalError: 'Unexpected',
  botLeft: 'Expected',
  devicePermissions: 'Unexpected',
  configureFailure: 'Unexpected',
  userDidNotJoinPreheatedSession: 'Expected',
  mediaSessionDisconnected: 'Unexpected',
  sessionDisconnected: 'Unexpected',
  preheatFailed: 'Unexpected',
  userNavigatedAway: 'Expected',
  preheatDisposed: 'Expected',
  timeout: 'Unexpected',
};
