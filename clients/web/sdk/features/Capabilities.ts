import type { ParticipantRole } from '../api';
import type { EventSource } from '../events';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

const NAMES = [
  'turnVideoOn',
  'unmuteMic',
  'shareScreen',
  'removeParticipant',
  'hangUpForEveryOne',
  'addCommunicationUser',
  'addTeamsUser',
  'addPhoneNumber',
  'manageLobby',
  'spotlightParticipant',
  'removeParticipantsSpotlight',
  'blurBackground',
  'startLiveMeetingCaptions',
  'startLiveCallingCaptions',
  'setCaptionLanguage',
  'raiseHand',
  'pstnDialOut',
  'muteOthers',
  'useReactions',
  'viewAttendeeNames',
  'startTogetherMode',
  'joinBreakoutRooms',
  'forbidOthersAudio',
  'forbidOthersVideo',
  'realTimeText',
] as const;

/** What there is in Teams only. */
const TEAMS_ONLY: ReadonlySet<string> = new Set<ParticipantCapabilityName>([
  'addTeamsUser',
  'startLiveMeetingCaptions',
  'setCaptionLanguage',
  'startTogetherMode',
  'joinBreakoutRooms',
]);

export type ParticipantCapabilityName = (typeof NAMES)[number];

export type CapabilityResolutionReason =
  | 'Capable'
  | 'CapabilityNotApplicableForTheCallType'
  | 'ClientRestricted'
  | 'UserPolicyRestricted'
  | 'RoleRestricted'
  | 'FeatureNotSupported'
  | 'MeetingRestricted'
  | 'NotInitialized'
  | 'NotCapable'
  | 'TeamsPremiumLicenseRestricted'
  | 'IpModeUserPolicyRestricted'
  | 'ExplicitConsentRequired';

export type ParticipantCapabilities = Record<
  ParticipantCapabilityName,
  { isPresent: boolean; reason: CapabilityResolutionReason }
>;
export type ChangedParticipantCapabilities = Partial<ParticipantCapabilities>;
export type CapabilitiesChangedReason =
  | 'RoleChanged'
  | 'UserPolicyChanged'
  | 'MeetingOptionOrOrganizerPolicyChanged'
  | 'TeamsPremiumLicenseChanged';

/** Both values name what changed, and nothing else. */
export interface CapabilitiesChangeInfo {
  oldValue: ChangedParticipantCapabilities;
  newValue: ChangedParticipantCapabilities;
  reason: CapabilitiesChangedReason;
}
export type CapabilitiesChangedEventType = 'capabilitiesChanged';
export type CapabilitiesChangeHandler = (data: CapabilitiesChangeInfo) => void;
export type CapabilitiesEvents = Record<CapabilitiesChangedEventType, CapabilitiesChangeHandler>;

export interface CapabilitiesFeature extends CallFeature, EventSource<CapabilitiesEvents> {
  /** What this client may do; all `NotInitialized` until the call is joined. */
  readonly capabilities: ParticipantCapabilities;
}

/** What the server says this client may do, with a reason where it may not. */
export class OwnCapabilitiesFeature
  extends OwnCallFeature<CapabilitiesEvents>
  implements CapabilitiesFeature
{
  readonly name = 'Capabilities';
  #capabilities: ParticipantCapabilities;
  #role: ParticipantRole;

  constructor(context: CallFeatureContext) {
    super(context);
    this.#capabilities = this.#read();
    this.#role = this.call.role;
    this.listen('capabilitiesUpdated', () => {
      this.#update();
    });
    this.listen('selfUpdated', () => {
      this.#update();
    });
  }

  get capabilities(): ParticipantCapabilities {
    return { ...this.#capabilities };
  }

  #update(): void {
    const before = this.#capabilities;
    const after = this.#read();
    const roleBefore = this.#role;
    this.#capabilities = after;
    this.#role = this.call.role;
    const changed = NAMES.filter(
      (name) =>
        before[name].isPresent !== after[name].isPresent ||
        before[name].reason !== after[name].reason,
    );
    if (changed.length > 0) {
      const pick = (all: ParticipantCapabilities): ChangedParticipantCapabilities =>
        Object.fromEntries(changed.map((name) => [name, all[name]]));
      this.emit('capabilitiesChanged', {
        oldValue: pick(before),
        newValue: pick(after),
        reason: roleBefore === this.#role ? 'UserPolicyChanged' : 'RoleChanged',
      });
    }
  }

  #read(): ParticipantCapabilities {
    const present = this.internals.capabilities;
    const isJoined = this.internals.self !== undefined;
    const entries = NAMES.map((name) => {
      const isPresent = present.has(name);
      return [name, { isPresent, reason: isPresent ? 'Capable' : this.#whyNot(name, isJoined) }];
    });
    return Object.fromEntries(entries) as ParticipantCapabilities;
  }

  #whyNot(name: ParticipantCapabilityName, isJoined: boolean): CapabilityResolutionReason {
    if (!isJoined) {
      return 'NotInitialized';
    }
    if (TEAMS_ONLY.has(name)) {
      return 'FeatureNotSupported';
    }
    const hasLesserRole = this.call.role !== 'Unknown' && this.call.role !== 'Presenter';
    return hasLesserRole ? 'RoleRestricted' : 'CapabilityNotApplicableForTheCallType';
  }
}
