import { create } from '@bufbuild/protobuf';

import type { CallerInfo, ParticipantInfo } from '../api';
import { invalidArgument, wrongState } from '../errors';
import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import { SetCaptionsSchema } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { CallFeature, CallFeatureContext } from './feature';
import { OwnCallFeature } from './feature';

export type CaptionsKind = 'TeamsCaptions' | 'Captions';
export type CaptionsResultType = 'Partial' | 'Final';
export type CaptionsKindChangedEventType = 'CaptionsKindChanged';
export type CaptionsPropertyChangedEventType = 'CaptionsActiveChanged';
export type CaptionsReceivedEventType = 'CaptionsReceived';
export type SpokenLanguageChangedEventType = 'SpokenLanguageChanged';
export type CaptionLanguageChangedEventType = 'CaptionLanguageChanged';

export interface StartCaptionsOptions {
  /** BCP 47, one of `supportedSpokenLanguages`. */
  spokenLanguage: string;
}

/** Something that was said. */
export interface CaptionsInfo {
  resultType: CaptionsResultType;
  speaker: ParticipantInfo;
  spokenLanguage: string;
  spokenText: string;
  timestamp: Date;
}
export type CaptionsHandler = (data: CaptionsInfo) => void;

/** Teams only. */
export interface TeamsCaptionsInfo {
  captionText: string;
  captionLanguage: string;
  resultType: CaptionsResultType;
  speaker: CallerInfo;
  spokenLanguage: string;
  spokenText: string;
  timestamp: Date;
}
export type TeamsCaptionsHandler = (data: TeamsCaptionsInfo) => void;

export interface CaptionsCommon {
  /** Switches captions on for the call. Without a language it is what it was, or en-us. */
  startCaptions(options?: StartCaptionsOptions): Promise<void>;
  /** Switches captions off for the call. */
  stopCaptions(): Promise<void>;
  /** @throws CommunicationServicesError 400 for a language that is not supported, 409 while captions are off */
  setSpokenLanguage(language: string): Promise<void>;
  readonly supportedSpokenLanguages: string[];
  readonly isCaptionsFeatureActive: boolean;
  /** Empty while captions are off. */
  readonly activeSpokenLanguage: string;
  readonly kind: CaptionsKind;
}

export interface CaptionsEvents {
  CaptionsReceived: CaptionsHandler;
  CaptionsActiveChanged: PropertyChangedEvent;
  SpokenLanguageChanged: PropertyChangedEvent;
}
export type Captions = CaptionsCommon & EventSource<CaptionsEvents>;

export interface TeamsCaptionsEvents {
  CaptionsReceived: TeamsCaptionsHandler;
  CaptionsActiveChanged: PropertyChangedEvent;
  SpokenLanguageChanged: PropertyChangedEvent;
  CaptionLanguageChanged: PropertyChangedEvent;
}

/** Teams only: `captions` is never of this kind. */
export interface TeamsCaptions extends CaptionsCommon, EventSource<TeamsCaptionsEvents> {
  readonly supportedCaptionLanguages: string[];
  readonly activeCaptionLanguage: string;
  setCaptionLanguage(language: string): Promise<void>;
}

export type CaptionsFeatureEvents = Record<CaptionsKindChangedEventType, PropertyChangedEvent>;

/** Captions of the call: whether they are on, and in which language. */
export interface CaptionsCallFeature extends CallFeature, EventSource<CaptionsFeatureEvents> {
  /** Of kind `Captions`, always. */
  readonly captions: CaptionsCommon;
}

/** What ACS documents for captions of calls. */
const LANGUAGES = (
  'ar-ae ar-sa da-dk de-de en-au en-ca en-gb en-in en-nz en-us es-es es-mx fi-fi fr-ca fr-fr hi-in it-it ja-jp ko-kr nb-no ' +
  'nl-be nl-nl pl-pl pt-br ru-ru sv-se zh-cn zh-hk'
).split(' ');

class OwnCaptions extends Emitter<CaptionsEvents> implements Captions {
  readonly kind = 'Captions';
  readonly #send: (active: boolean, spokenLanguage: string) => Promise<void>;
  #isActive = false;
  #language = '';

  constructor(send: (active: boolean, spokenLanguage: string) => Promise<void>) {
    super();
    this.#send = send;
  }

  get supportedSpokenLanguages(): string[] {
    return [...LANGUAGES];
  }

  get isCaptionsFeatureActive(): boolean {
    return this.#isActive;
  }

  get activeSpokenLanguage(): string {
    return this.#language;
  }

  async startCaptions(options?: StartCaptionsOptions): Promise<void> {
    await this.#send(true, options === undefined ? '' : supported(options.spokenLanguage));
  }

  async stopCaptions(): Promise<void> {
    await this.#send(false, '');
  }

  async setSpokenLanguage(language: string): Promise<void> {
    const spoken = supported(language);
    if (!this.#isActive) {
      throw wrongState('Captions are off: start them first');
    }
    await this.#send(true, spoken);
  }

  update(isActive: boolean, spokenLanguage: string): void {
    const language = isActive ? spokenLanguage.toLowerCase() : '';
    const languageChanged = language !== this.#language;
    const activeChanged = isActive !== this.#isActive;
    this.#isActive = isActive;
    this.#language = language;
    if (activeChanged) {
      this.emit('CaptionsActiveChanged');
    }
    if (languageChanged) {
      this.emit('SpokenLanguageChanged');
    }
  }
}

export class CaptionsFeature
  extends OwnCallFeature<CaptionsFeatureEvents>
  implements CaptionsCallFeature
{
  readonly name = 'Captions';
  readonly captions: OwnCaptions;

  constructor(context: CallFeatureContext) {
    super(context);
    this.captions = new OwnCaptions(async (active, spokenLanguage) => {
      const value = create(SetCaptionsSchema, { active, spokenLanguage });
      await this.internals.request({ case: 'setCaptions', value });
    });
    const update = (): void => {
      const state = this.internals.callState?.captions;
      this.captions.update(state?.active ?? false, state?.spokenLanguage ?? '');
    };
    this.listen('callStateUpdated', update);
    update();
  }
}

/** As BCP 47 writes it, en-US; the API has it in small letters. */
function supported(language: string): string {
  const [primary = '', region = ''] = language.toLowerCase().split('-');
  if (!LANGUAGES.includes(`${primary}-${region}`)) {
    throw invalidArgument(`${language} is not one of the supported spoken languages`);
  }
  return `${primary}-${region.toUpperCase()}`;
}
