import { create } from '@bufbuild/protobuf';

import type { EventSource } from '../events';
import { SetMediaAccessSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CommunicationIdentifier } from '../identifiers';
import { identifierFromRawId, rawIdOf } from '../identifiers';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export interface BaseMediaAccess {
  isAudioPermitted: boolean;
  isVideoPermitted: boolean;
}
export interface MediaAccess extends BaseMediaAccess {
  participant: CommunicationIdentifier;
}
export type MeetingMediaAccess = BaseMediaAccess;

export interface MediaAccessChangedEvent {
  /** Of those for whom something changed. */
  mediaAccesses: MediaAccess[];
}
export type MediaAccessChangedListener = (data: MediaAccessChangedEvent) => void;
export interface MeetingMediaAccessChangedEvent {
  meetingMediaAccess: MeetingMediaAccess;
}
export type MeetingMediaAccessChangedListener = (data: MeetingMediaAccessChangedEvent) => void;

export interface MediaAccessEvents {
  mediaAccessChanged: MediaAccessChangedListener;
  meetingMediaAccessChanged: MeetingMediaAccessChangedListener;
}

/** Forbids others their microphone, or camera and screen, and permits them again. What is forbidden is stopped. */
export interface MediaAccessCallFeature extends CallFeature, EventSource<MediaAccessEvents> {
  /** @throws CommunicationServicesError 400 for somebody who is not in the call, 403 without leave; so do the others */
  permitAudio(participants: CommunicationIdentifier[]): Promise<void>;
  forbidAudio(participants: CommunicationIdentifier[]): Promise<void>;
  permitOthersAudio(): Promise<void>;
  forbidOthersAudio(): Promise<void>;
  permitVideo(participants: CommunicationIdentifier[]): Promise<void>;
  forbidVideo(participants: CommunicationIdentifier[]): Promise<void>;
  permitOthersVideo(): Promise<void>;
  forbidOthersVideo(): Promise<void>;
  getAllOthersMediaAccess(): MediaAccess[];
  /** Not permitted when there are others and none of them may. */
  getMeetingMediaAccess(): MeetingMediaAccess;
}

interface Wish {
  audioPermitted?: boolean;
  videoPermitted?: boolean;
}

export class MediaAccessFeature
  extends OwnCallFeature<MediaAccessEvents>
  implements MediaAccessCallFeature
{
  readonly name = 'MediaAccess';
  #others: MediaAccess[];
  #meeting: MeetingMediaAccess;

  constructor(context: CallFeatureContext) {
    super(context);
    this.#others = this.#read();
    this.#meeting = meetingOf(this.#others);
    this.listen('rosterUpdated', () => {
      this.#update();
    });
  }

  permitAudio(participants: CommunicationIdentifier[]): Promise<void> {
    return this.#set(participants, { audioPermitted: true });
  }

  forbidAudio(participants: CommunicationIdentifier[]): Promise<void> {
    return this.#set(participants, { audioPermitted: false });
  }

  permitOthersAudio(): Promise<void> {
    return this.#send([], { audioPermitted: true });
  }

  forbidOthersAudio(): Promise<void> {
    return this.#send([], { audioPermitted: false });
  }

  permitVideo(participants: CommunicationIdentifier[]): Promise<void> {
    return this.#set(participants, { videoPermitted: true });
  }

  forbidVideo(participants: CommunicationIdentifier[]): Promise<void> {
    return this.#set(participants, { videoPermitted: false });
  }

  permitOthersVideo(): Promise<void> {
    return this.#send([], { videoPermitted: true });
  }

  forbidOthersVideo(): Promise<void> {
    return this.#send([], { videoPermitted: false });
  }

  getAllOthersMediaAccess(): MediaAccess[] {
    return [...this.#others];
  }

  getMeetingMediaAccess(): MeetingMediaAccess {
    return { ...this.#meeting };
  }

  async #set(participants: CommunicationIdentifier[], wish: Wish): Promise<void> {
    const participantIds = this.participantIds(participants);
    // None would mean everybody to the server.
    if (participantIds.length > 0) {
      await this.#send(participantIds, wish);
    }
  }

  async #send(participantIds: string[], wish: Wish): Promise<void> {
    const value = create(SetMediaAccessSchema, { participantIds, ...wish });
    await this.internals.request({ case: 'setMediaAccess', value });
  }

  #update(): void {
    const before = new Map(this.#others.map((access) => [rawIdOf(access.participant), access]));
    this.#others = this.#read();
    const mediaAccesses = this.#others.filter(
      (access) => !same(access, before.get(rawIdOf(access.participant)) ?? PERMITTED),
    );
    if (mediaAccesses.length > 0) {
      this.emit('mediaAccessChanged', { mediaAccesses });
    }
    const meetingMediaAccess = meetingOf(this.#others);
    if (!same(meetingMediaAccess, this.#meeting)) {
      this.#meeting = meetingMediaAccess;
      this.emit('meetingMediaAccessChanged', { meetingMediaAccess });
    }
  }

  /** A user may what one of their devices may. */
  #read(): MediaAccess[] {
    const users = new Map<string, MediaAccess>();
    for (const { userId, audioForbidden, videoForbidden } of this.internals.roster) {
      const known = users.get(userId);
      users.set(userId, {
        participant: identifierFromRawId(userId),
        isAudioPermitted: !audioForbidden || (known?.isAudioPermitted ?? false),
        isVideoPermitted: !videoForbidden || (known?.isVideoPermitted ?? false),
      });
    }
    return [...users.values()];
  }
}

const PERMITTED: BaseMediaAccess = { isAudioPermitted: true, isVideoPermitted: true };

function same(one: BaseMediaAccess, two: BaseMediaAccess): boolean {
  return (
    one.isAudioPermitted === two.isAudioPermitted && one.isVideoPermitted === two.isVideoPermitted
  );
}

function meetingOf(others: MediaAccess[]): MeetingMediaAccess {
  return others.length === 0
    ? PERMITTED
    : {
        isAudioPermitted: others.some((access) => access.isAudioPermitted),
        isVideoPermitted: others.some((access) => access.isVideoPermitted),
      };
}
