import type { EventSource, PropertyChangedEvent } from '../events';
import { Emitter } from '../events';
import type { CallClientFeature } from './feature';

export interface Environment {
  platform: string;
  browser: string;
  browserVersion: string;
}

export interface EnvironmentInfo {
  environment: Environment;
  isSupportedPlatform: boolean;
  isSupportedBrowser: boolean;
  isSupportedBrowserVersion: boolean;
  /** All of the above, and WebRTC is there. */
  isSupportedEnvironment: boolean;
}

export interface DebugInfoEvents {
  isCallClientActiveInAnotherTabChanged: PropertyChangedEvent;
}

export interface DebugInfoCallClientFeature
  extends CallClientFeature, EventSource<DebugInfoEvents> {
  getEnvironmentInfo(): Promise<EnvironmentInfo>;
  /** Whether another tab of this origin has this feature in use. */
  readonly isCallClientActiveInAnotherTab: boolean;
}

/** The oldest versions whose WebRTC is what the SDK is tested with. */
const OLDEST: Record<string, number> = { Chrome: 110, Edge: 110, Firefox: 115, Safari: 16 };

const PLATFORMS = /Windows|Mac OS|Android|Linux|CrOS|iPhone|iPad/;

/** Tabs tell each other that they are there at this interval, and forget those that do not for three. */
const PRESENCE_MS = 2_000;
const FORGOTTEN_MS = 3 * PRESENCE_MS;

/** Where the tabs of an origin meet. */
const CHANNEL = 'vaxel-calling-tabs';

export class DebugInfoFeature
  extends Emitter<DebugInfoEvents>
  implements DebugInfoCallClientFeature
{
  readonly name = 'DebugInfo';
  readonly #id = crypto.randomUUID();
  readonly #channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel(CHANNEL) : undefined;
  readonly #timer: ReturnType<typeof setInterval>;
  #forget: ReturnType<typeof setTimeout> | undefined;
  #isElsewhere = false;

  constructor() {
    super();
    this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
      this.#heard(event.data);
    });
    this.#timer = setInterval(() => {
      this.#say('here');
    }, PRESENCE_MS);
    this.#say('who');
  }

  get isCallClientActiveInAnotherTab(): boolean {
    return this.#isElsewhere;
  }

  getEnvironmentInfo(): Promise<EnvironmentInfo> {
    const environment = environmentOf(navigator.userAgent);
    const oldest = OLDEST[environment.browser];
    const isSupportedPlatform = PLATFORMS.test(navigator.userAgent);
    const isSupportedBrowser = oldest !== undefined;
    const isSupportedBrowserVersion =
      oldest !== undefined && Number.parseInt(environment.browserVersion, 10) >= oldest;
    const isSupportedEnvironment =
      isSupportedPlatform && isSupportedBrowserVersion && 'RTCPeerConnection' in globalThis;
    return Promise.resolve({
      environment,
      isSupportedPlatform,
      isSupportedBrowser,
      isSupportedBrowserVersion,
      isSupportedEnvironment,
    });
  }

  dispose(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#forget);
    this.#say('gone');
    this.#channel?.close();
  }

  #say(word: 'who' | 'here' | 'gone'): void {
    this.#channel?.postMessage({ word, id: this.#id });
  }

  #heard(data: unknown): void {
    const { word, id } = data as { word: string; id: string };
    if (id === this.#id) {
      return;
    }
    clearTimeout(this.#forget);
    if (word === 'gone') {
      // Another one that is still there says so within its interval.
      this.#set(false);
      return;
    }
    if (word === 'who') {
      this.#say('here');
    }
    this.#forget = setTimeout(() => {
      this.#set(false);
    }, FORGOTTEN_MS);
    this.#set(true);
  }

  #set(isElsewhere: boolean): void {
    if (this.#isElsewhere !== isElsewhere) {
      this.#isElsewhere = isElsewhere;
      this.emit('isCallClientActiveInAnotherTabChanged');
    }
  }
}

/** What a browser says of itself. */
export function environmentOf(userAgent: string): Environment {
  const platform =
    /Android|Windows|iPhone|iPad|CrOS|Mac OS X|Linux/.exec(userAgent)?.[0] ?? 'unknown';
  // Each names the ones before it too.
  const brands: [string, RegExp][] = [
    ['Edge', /Edg(?:A|iOS)?\/([\d.]+)/],
    ['Firefox', /(?:Firefox|FxiOS)\/([\d.]+)/],
    ['Chrome', /(?:Chrome|CriOS)\/([\d.]+)/],
    ['Safari', /Version\/([\d.]+).*Safari/],
  ];
  for (const [browser, pattern] of brands) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) {
      return { platform, browser, browserVersion: version };
    }
  }
  return { platform, browser: 'unknown', browserVersion: '' };
}
