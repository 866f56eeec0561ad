export enum CallKind {
  Call = 'Call',
  /** Of Microsoft Teams; never given out. */
  TeamsCall = 'TeamsCall',
}

export enum CallAgentKind {
  CallAgent = 'CallAgent',
  /** Of Microsoft Teams; never given out. */
  TeamsCallAgent = 'TeamsCallAgent',
}

export enum IncomingCallKind {
  IncomingCall = 'IncomingCall',
  /** Of Microsoft Teams; never given out. */
  TeamsIncomingCall = 'TeamsIncomingCall',
}
