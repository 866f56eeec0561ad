import type { Call, CallAgent } from '../api';
import type { CallInternals, CallInternalsEvents } from '../call/CallInternals';
import { internalsOf } from '../call/CallInternals';
import type { CallClient } from '../CallClient';
import type { LocalAudioStream } from '../devices/LocalAudioStream';
import type { LocalVideoStream } from '../devices/LocalVideoStream';
import { invalidArgument } from '../errors';
import type { EventTable } from '../events';
import { Emitter } from '../events';
import type { CommunicationIdentifier } from '../identifiers';
import { kindOf, rawIdOf } from '../identifiers';

/** Something that holds resources until told. */
export interface Disposable {
  dispose(): void;
}

/** An extension of a call, a client or a stream. */
export interface BaseFeature extends Disposable {
  readonly name: string;
}

export type CallFeature = BaseFeature;
export type CallAgentFeature = BaseFeature;
export type CallClientFeature = BaseFeature;
export type VideoStreamFeature = BaseFeature;
export type AudioStreamFeature = BaseFeature;

/** How to make a feature; one of the four kinds below. */
export type FeatureFactory = object;

/** What the constructor of a call's feature is given. */
export interface CallFeatureContext {
  callAgent: CallAgent;
  call: Call;
}
export type CallFeatureCtor<T extends CallFeature> = new (context: CallFeatureContext) => T;

/** What `call.feature()` takes. */
export interface CallFeatureFactory<T extends CallFeature> extends FeatureFactory {
  readonly callApiCtor: CallFeatureCtor<T>;
}

export interface CallClientFeatureContext {
  callClient: CallClient;
}
export type CallClientFeatureCtor<T extends CallClientFeature> = new (
  context: CallClientFeatureContext,
) => T;

/** What `callClient.feature()` takes. */
export interface CallClientFeatureFactory<T extends CallClientFeature> extends FeatureFactory {
  readonly callClientApiCtor: CallClientFeatureCtor<T>;
}

export interface VideoStreamFeatureContext {
  streamInstance: LocalVideoStream;
}
export type VideoStreamFeatureCtor<T extends VideoStreamFeature> = new (
  context: VideoStreamFeatureContext,
) => T;

/** What `localVideoStream.feature()` takes. */
export interface VideoStreamFeatureFactory<T extends VideoStreamFeature> extends FeatureFactory {
  readonly videoStreamApiCtor: VideoStreamFeatureCtor<T>;
}

export interface AudioStreamFeatureContext {
  streamInstance: LocalAudioStream;
}
export type AudioStreamFeatureCtor<T extends AudioStreamFeature> = new (
  context: AudioStreamFeatureContext,
) => T;

/** What `localAudioStream.feature()` takes. */
export interface AudioStreamFeatureFactory<T extends AudioStreamFeature> extends FeatureFactory {
  readonly audioStreamApiCtor: AudioStreamFeatureCtor<T>;
}

/** A feature of this SDK: it listens to its call until disposed, which happens when the call is over. */
export abstract class OwnCallFeature<E extends EventTable<E>>
  extends Emitter<E>
  implements CallFeature
{
  abstract readonly name: string;
  protected readonly call: Call;
  protected readonly internals: CallInternals;
  readonly #ends: (() => void)[] = [];
  #isDisposed = false;

  constructor(context: CallFeatureContext) {
    super();
    this.call = context.call;
    this.internals = internalsOf(context.call);
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const end of this.#ends.splice(0)) {
      end();
    }
  }

  protected listen<K extends keyof CallInternalsEvents>(
    event: K,
    listener: CallInternalsEvents[K],
  ): void {
    this.internals.on(event, listener);
    this.atEnd(() => {
      this.internals.off(event, listener);
    });
  }

  /** To be done when the feature is disposed; at once when it is. */
  protected atEnd(end: () => void): void {
    if (this.#isDisposed) {
      end();
    } else {
      this.#ends.push(end);
    }
  }

  protected everyMs(interval: number, work: () => void): void {
    const timer = setInterval(work, interval);
    this.atEnd(() => {
      clearInterval(timer);
    });
  }

  /** This client's own id in the call; undefined until joined. */
  protected get ownParticipantId(): string | undefined {
    return this.internals.self?.participantId;
  }

  /** The devices of these people. @throws CommunicationServicesError 400 when one of them is not in the call */
  protected participantIds(identifiers: readonly CommunicationIdentifier[]): string[] {
    return identifiers.flatMap((identifier) => {
      const ids = this.internals.participantIdsOf(kindOf(identifier));
      if (ids.length === 0) {
        throw invalidArgument(`${rawIdOf(identifier)} is not in the call`);
      }
      return ids;
    });
  }
}
