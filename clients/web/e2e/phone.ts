import type * as Sdk from '@vaxel/calling';

import type { ScriptedPage } from './participant';
import { openParticipant } from './participant';
import { until } from './rig';
import type { Server } from './server';

/** What the page of a phone keeps in its window, beside what a participant's does. */
interface State {
  agent: Sdk.CallAgent;
  camera: Sdk.LocalVideoStream;
  /** The call that was begun or accepted last. */
  call: Sdk.Call | undefined;
  incoming: Sdk.IncomingCall | undefined;
  /** Every state of every call, in their order. */
  states: string[];
  /** Why each incoming call stopped to ring. */
  rangOut: string[];
  /** Everything else that is told, in its order. */
  news: string[];
  sockets: WebSocket[];
}

declare global {
  interface Window {
    phone: State;
  }
}

export type User = Awaited<ReturnType<Server['user']>>;

/** A page of somebody who calls and is called, with a camera and without a microphone unless told. */
export class Phone {
  private constructor(
    readonly page: ScriptedPage,
    readonly user: User,
  ) {}

  static async open(page: ScriptedPage, server: Server, user: User, name: string): Promise<Phone> {
    await openParticipant(page, server, name);
    await page.evaluate(
      async ({ endpoint, token, name }) => {
        const { sdk } = window.rig;
        const sockets: WebSocket[] = [];
        const Original = window.WebSocket;
        window.WebSocket = class extends Original {
          constructor(url: string | URL, protocols?: string | string[]) {
            super(url, protocols);
            sockets.push(this);
          }
        };
        const client = new sdk.CallClient({ endpoint });
        const getToken = () => Promise.resolve({ token, expiresOnTimestamp: 0 });
        const agent = await client.createCallAgent({ getToken }, { displayName: name });
        const [device] = await (await client.getDeviceManager()).getCameras();
        if (device === undefined) {
          throw new Error('There is no camera');
        }
        const phone: State = {
          agent,
          camera: new sdk.LocalVideoStream(device),
          call: undefined,
          incoming: undefined,
          states: [],
          rangOut: [],
          news: [],
          sockets,
        };
        window.phone = phone;
        const show = (stream: Sdk.RemoteVideoStream): void => {
          void new sdk.VideoStreamRenderer(stream).createView().then(
            (view) => {
              document.body.append(view.target);
            },
            () => undefined, // it ended meanwhile
          );
        };
        agent.on('incomingCall', ({ incomingCall }) => {
          phone.incoming = incomingCall;
          incomingCall.on('callEnded', ({ callEndReason: { code, subCode } }) => {
            phone.rangOut.push(`${String(code)}/${String(subCode)}`);
          });
        });
        agent.on('connectionStateChanged', ({ newValue }) => {
          phone.news.push(newValue);
        });
        agent.on('callsUpdated', ({ added }) => {
          for (const call of added) {
            phone.call = call;
            call.on('stateChanged', () => phone.states.push(call.state));
            call.on('mutedByOthers', () => phone.news.push('mutedByOthers'));
            call.on('isScreenSharingOnChanged', () => {
              phone.news.push(call.isScreenSharingOn ? 'shares' : 'shares no more');
            });
            const watch = (participant: Sdk.RemoteParticipant): void => {
              participant.videoStreams.forEach(show);
              participant.on('videoStreamsUpdated', (update) => {
                update.added.forEach(show);
              });
            };
            call.remoteParticipants.forEach(watch);
            call.on('remoteParticipantsUpdated', (update) => {
              update.added.forEach(watch);
              for (const { callEndReason } of update.removed) {
                const { code, subCode } = callEndReason ?? { code: -1, subCode: -1 };
                phone.news.push(`gone ${String(code)}/${String(subCode)}`);
              }
            });
          }
        });
      },
      { endpoint: server.origin, token: user.token, name },
    );
    return new Phone(page, user);
  }

  /** Calls others, with the camera on. */
  call(...others: Phone[]): Promise<void> {
    return this.page.evaluate(
      (ids) => {
        const { phone } = window;
        phone.call = phone.agent.startCall(
          ids.map((communicationUserId) => ({ communicationUserId })),
          {
            audioOptions: { muted: true },
            videoOptions: { localVideoStreams: [phone.camera] },
          },
        );
      },
      others.map(({ user }) => user.userId),
    );
  }

  join(groupId: string): Promise<void> {
    return this.page.evaluate((id) => {
      const { phone } = window;
      phone.call = phone.agent.join(
        { groupId: id },
        { audioOptions: { muted: true }, videoOptions: { localVideoStreams: [phone.camera] } },
      );
    }, groupId);
  }

  /** Waits until it rings. */
  async rings(): Promise<void> {
    await until('ringing', () => this.page.evaluate(() => window.phone.incoming !== undefined));
  }

  /** Waits until it rings, and accepts with the camera on. */
  async accept(): Promise<void> {
    await this.rings();
    await this.page.evaluate(async () => {
      const { phone } = window;
      const { incoming } = phone;
      phone.incoming = undefined;
      await incoming?.accept({
        audioOptions: { muted: true },
        videoOptions: { localVideoStreams: [phone.camera] },
      });
    });
  }

  async reject(): Promise<void> {
    await this.rings();
    await this.page.evaluate(() => window.phone.incoming?.reject());
  }

  /** Does something with the call that is the last. */
  do<R>(action: (call: Sdk.Call) => R): Promise<Awaited<R>>;
  do<R, A>(action: (call: Sdk.Call, argument: A) => R, argument: A): Promise<Awaited<R>>;
  async do(action: (call: Sdk.Call, argument: unknown) => unknown, argument: unknown = null) {
    const passed = JSON.stringify(argument);
    // As text: Playwright has no way to pass a function.
    const source = `(async () => (${action.toString()})(window.phone.call, ${passed}))()`;
    return (await this.page.evaluate(source)) as never;
  }

  state(): Promise<string | undefined> {
    return this.page.evaluate(() => window.phone.call?.state);
  }

  async is(state: Sdk.CallState): Promise<void> {
    await until(`the call ${state}`, async () => (await this.state()) === state);
  }

  /** Waits for the end of the call, and returns why: code and sub-code. */
  async ended(): Promise<string> {
    await this.is('Disconnected');
    return this.do((call) => {
      const { code, subCode } = call.callEndReason ?? {};
      return `${String(code)}/${String(subCode)}`;
    });
  }

  /** The states of the others, by their display names or ids. */
  others(): Promise<string[]> {
    return this.do((call) => call.remoteParticipants.map(({ state }) => state).sort());
  }

  async sees(...states: string[]): Promise<void> {
    await until(`others ${states.join(', ')}`, async () => {
      return (await this.others()).join() === [...states].sort().join();
    });
  }

  states(): Promise<string[]> {
    return this.page.evaluate(() => window.phone.states.splice(0));
  }

  news(): Promise<string[]> {
    return this.page.evaluate(() => window.phone.news);
  }

  async hears(news: string): Promise<void> {
    await until(news, async () => (await this.news()).includes(news));
  }

  rangOut(): Promise<string[]> {
    return this.page.evaluate(() => window.phone.rangOut);
  }

  /** Frames of all videos that were decoded so far. */
  frames(): Promise<number> {
    return this.page.evaluate(async () => {
      let sum = 0;
      for (const peer of window.rig.peers) {
        const report = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
        for (const stats of report.values()) {
          if (stats.type === 'inbound-rtp' && stats.kind === 'video') {
            sum += Number(stats.framesDecoded ?? 0);
          }
        }
      }
      return sum;
    });
  }

  /** Waits until pictures come. */
  async watches(): Promise<void> {
    const before = await this.frames();
    await until('pictures', async () => (await this.frames()) > before + 5);
  }

  /** The longest time without a new frame while something happens, in milliseconds. */
  async longestGap(during: () => Promise<void>): Promise<number> {
    await this.page.evaluate(() => {
      const video = document.querySelector('video');
      const gaps = { last: performance.now(), longest: 0 };
      Object.assign(window, { gaps });
      const frame = (): void => {
        gaps.longest = Math.max(gaps.longest, performance.now() - gaps.last);
        gaps.last = performance.now();
        video?.requestVideoFrameCallback(frame);
      };
      video?.requestVideoFrameCallback(frame);
    });
    await during();
    return this.page.evaluate(() => {
      const { gaps } = window as unknown as { gaps: { last: number; longest: number } };
      return Math.max(gaps.longest, performance.now() - gaps.last);
    });
  }

  /** Cuts the sockets; the SDK may open others. */
  cut(): Promise<void> {
    return this.page.evaluate(() => {
      for (const socket of window.phone.sockets.splice(0)) {
        socket.close();
      }
    });
  }
}
