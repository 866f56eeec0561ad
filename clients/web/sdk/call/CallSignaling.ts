import { create } from '@bufbuild/protobuf';

import type { GroupCallLocator, RoomCallLocator } from '../api';
import type { Joined, PublishAnswer } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { TrackState } from '../generated/vaxel/signaling/v1/signaling_pb';
import {
  AutoSubscribe,
  JoinSchema,
  LeaveSchema,
  PublishSchema,
  SetTrackStateSchema,
  SubscribeAnswerSchema,
  UpdateSubscriptionsSchema,
} from '../generated/vaxel/signaling/v1/signaling_pb';
import type { OfferedTrack, PublishSignaling } from '../media/PublishConnection';
import type { SubscribeSignaling } from '../media/SubscribeConnection';
import type { SignalingConnection } from '../signaling/SignalingConnection';

/** The documented limit for setting up a group call. */
export const SET_UP_TIMEOUT_MS = 85_000;

/** The documented limit for adding or removing a video or a screen share. */
const MODALITY_TIMEOUT_MS = 40_000;

/** How long a goodbye may take before the call ends without it. */
const LEAVE_TIMEOUT_MS = 3_000;

/** The requests of one call, in the protocol's messages. */
export class CallSignaling implements PublishSignaling, SubscribeSignaling {
  readonly #connection: SignalingConnection;

  constructor(connection: SignalingConnection) {
    this.#connection = connection;
  }

  /** Joins, and is subscribed to everybody's voice. */
  join(locator: GroupCallLocator | RoomCallLocator): Promise<Joined> {
    const value = create(JoinSchema, {
      locator:
        'roomId' in locator
          ? { case: 'roomId', value: locator.roomId }
          : { case: 'groupId', value: locator.groupId },
      autoSubscribe: AutoSubscribe.AUDIO,
    });
    return this.#connection.request({ case: 'join', value }, 'joined', SET_UP_TIMEOUT_MS);
  }

  async leave(): Promise<void> {
    const value = create(LeaveSchema);
    await this.#connection.request({ case: 'leave', value }, 'left', LEAVE_TIMEOUT_MS);
  }

  /** Leaves without waiting, for a page that is going away. */
  leaveNow(): void {
    this.#connection.tell({ case: 'leave', value: create(LeaveSchema) });
  }

  publish(sdp: string, tracks: OfferedTrack[]): Promise<PublishAnswer> {
    const value = create(PublishSchema, { sdp, tracks });
    return this.#connection.request(
      { case: 'publish', value },
      'publishAnswer',
      MODALITY_TIMEOUT_MS,
    );
  }

  async setTrackState(trackId: string, state: TrackState): Promise<void> {
    const value = create(SetTrackStateSchema, { trackId, state });
    await this.#connection.request({ case: 'setTrackState', value }, 'done');
  }

  async answer(offerId: number, sdp: string): Promise<void> {
    const value = create(SubscribeAnswerSchema, { offerId, sdp });
    await this.#connection.request({ case: 'subscribeAnswer', value }, 'done', MODALITY_TIMEOUT_MS);
  }

  async updateSubscriptions(subscribe: string[], unsubscribe: string[]): Promise<void> {
    const value = create(UpdateSubscriptionsSchema, { subscribe, unsubscribe });
    await this.#connection.request({ case: 'updateSubscriptions', value }, 'done');
  }
}
