import type * as Sdk from '@vaxel/calling';

import type { Server } from './server';

/** What a participant needs of a browser's page: Playwright's and Puppeteer's both have it. */
export interface ScriptedPage {
  goto(url: string): Promise<unknown>;
  evaluate(script: string): Promise<unknown>;
  evaluate<R>(script: () => R): Promise<Awaited<R>>;
  evaluate<R, A>(script: (argument: A) => R, argument: A): Promise<Awaited<R>>;
  close(): Promise<void>;
}

/** What is known of one video that a page receives. */
export interface ReceivedVideo {
  framesDecoded: number;
  packetsLost: number;
  nackCount: number;
  retransmittedPacketsReceived: number;
  freezeCount: number;
  totalFreezesDuration: number;
}

type Simple = 'mute' | 'unmute' | 'startScreenSharing' | 'stopScreenSharing' | 'hangUp';

/** What the page of a participant keeps in its window. */
interface State {
  sdk: typeof Sdk;
  agent: Sdk.CallAgent;
  call: Sdk.Call;
  groupId: string;
  camera: Sdk.LocalVideoStream | undefined;
  renderers: Map<Sdk.RemoteVideoStream, Sdk.VideoStreamRenderer>;
  views: Map<Sdk.RemoteVideoStream, Sdk.VideoStreamRendererView>;
  /** Peer connections in the order of their making: publish, subscribe. */
  peers: RTCPeerConnection[];
  analyser: AnalyserNode | undefined;
}

declare global {
  interface Window {
    rig: State;
  }
}

/** A page that is nothing but an application of the SDK as the server ships it. */
export class Participant {
  constructor(
    readonly page: ScriptedPage,
    private readonly server: Server,
    private readonly name: string,
  ) {}

  async join(groupId: string, options: { camera: boolean }): Promise<void> {
    const token = await this.server.token();
    await this.page.evaluate(
      async ({ endpoint, token, name, groupId, options }) => {
        const { rig } = window;
        const { sdk } = rig;
        const client = new sdk.CallClient({ endpoint });
        const credential = {
          getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }),
        };
        rig.agent = await client.createCallAgent(credential, { displayName: name });
        rig.groupId = groupId;
        const [camera] = await (await client.getDeviceManager()).getCameras();
        rig.camera =
          options.camera && camera !== undefined ? new sdk.LocalVideoStream(camera) : undefined;
      },
      { endpoint: this.server.origin, token, name: this.name, groupId, options },
    );
    await this.rejoin();
  }

  /** Joins (again) with the same agent, and shows every video that comes. */
  async rejoin(): Promise<void> {
    await this.page.evaluate(async () => {
      const { rig } = window;
      const { sdk } = rig;
      rig.peers.length = 0;
      rig.analyser = undefined;
      // Browsers' voice processing would eat a tone.
      const media = await navigator.mediaDevices.getUserMedia({
        audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
      });
      const call = rig.agent.join(
        { groupId: rig.groupId },
        {
          audioOptions: { localAudioStreams: [new sdk.LocalAudioStream(media)] },
          videoOptions: { localVideoStreams: rig.camera === undefined ? [] : [rig.camera] },
        },
      );
      rig.call = call;
      const show = (stream: Sdk.RemoteVideoStream): void => {
        const renderer = new sdk.VideoStreamRenderer(stream);
        rig.renderers.set(stream, renderer);
        void renderer.createView().then((view) => {
          rig.views.set(stream, view);
          document.body.append(view.target);
        });
      };
      const watch = (participant: Sdk.RemoteParticipant): void => {
        participant.videoStreams.forEach(show);
        participant.on('videoStreamsUpdated', ({ added, removed }) => {
          added.forEach(show);
          for (const stream of removed) {
            rig.renderers.get(stream)?.dispose();
            rig.renderers.delete(stream);
          }
        });
      };
      call.on('remoteParticipantsUpdated', ({ added }) => {
        added.forEach(watch);
      });
      await new Promise<void>((resolve, reject) => {
        call.on('stateChanged', () => {
          if (call.state === 'Connected') {
            resolve();
          } else if (call.state === 'Disconnected') {
            reject(new Error(`Not joined: ${JSON.stringify(call.callEndReason)}`));
          }
        });
      });
    });
  }

  run(method: Simple): Promise<void> {
    return this.page.evaluate((name) => window.rig.call[name](), method);
  }

  stopCamera(): Promise<void> {
    return this.page.evaluate(async () => {
      const { rig } = window;
      if (rig.camera !== undefined) {
        await rig.call.stopVideo(rig.camera);
      }
    });
  }

  startCamera(): Promise<void> {
    return this.page.evaluate(async () => {
      const { rig } = window;
      if (rig.camera !== undefined) {
        await rig.call.startVideo(rig.camera);
      }
    });
  }

  hideVideos(): Promise<void> {
    return this.page.evaluate(() => {
      for (const renderer of window.rig.renderers.values()) {
        renderer.dispose();
      }
      window.rig.renderers.clear();
    });
  }

  state(): Promise<string> {
    return this.page.evaluate(() => window.rig.call.state);
  }

  others(): Promise<number> {
    return this.page.evaluate(() => window.rig.call.remoteParticipants.length);
  }

  mutedOthers(): Promise<number> {
    return this.page.evaluate(
      () => window.rig.call.remoteParticipants.filter(({ isMuted }) => isMuted).length,
    );
  }

  speakers(): Promise<number> {
    return this.page.evaluate(
      () => window.rig.call.remoteParticipants.filter(({ isSpeaking }) => isSpeaking).length,
    );
  }

  /** Frames shown so far of each rendered stream of a kind. */
  pictures(type: Sdk.MediaStreamType): Promise<number[]> {
    return this.page.evaluate((mediaStreamType) => {
      const { renderers, views } = window.rig;
      return [...renderers.keys()]
        .filter((stream) => stream.mediaStreamType === mediaStreamType)
        .map((stream) => {
          const video = views.get(stream)?.target.querySelector('video');
          return video?.getVideoPlaybackQuality().totalVideoFrames ?? 0;
        });
    }, type);
  }

  /** How loud these frequencies are in what the others say, in decibels. */
  tones(frequencies: number[]): Promise<number[]> {
    return this.page.evaluate(async (wanted) => {
      const { rig } = window;
      if (rig.analyser === undefined) {
        const stream = await rig.call.remoteAudioStreams[0]?.getMediaStream();
        if (stream === undefined) {
          return wanted.map(() => -200);
        }
        const context = new AudioContext();
        rig.analyser = context.createAnalyser();
        rig.analyser.fftSize = 8192;
        rig.analyser.smoothingTimeConstant = 0;
        context.createMediaStreamSource(stream).connect(rig.analyser);
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      const { analyser } = rig;
      const bins = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(bins);
      const width = analyser.context.sampleRate / analyser.fftSize;
      return wanted.map((frequency) => {
        const middle = Math.round(frequency / width);
        return Math.max(-200, ...bins.subarray(middle - 1, middle + 2));
      });
    }, frequencies);
  }

  /** What arrives of each video, in the order of arrival. */
  receivedVideos(): Promise<ReceivedVideo[]> {
    return this.page.evaluate(async () => {
      const videos: ReceivedVideo[] = [];
      for (const peer of window.rig.peers) {
        const report = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
        for (const stats of report.values()) {
          if (stats.type === 'inbound-rtp' && stats.kind === 'video') {
            const count = (name: keyof ReceivedVideo): number => Number(stats[name] ?? 0);
            videos.push({
              framesDecoded: count('framesDecoded'),
              packetsLost: count('packetsLost'),
              nackCount: count('nackCount'),
              retransmittedPacketsReceived: count('retransmittedPacketsReceived'),
              freezeCount: count('freezeCount'),
              totalFreezesDuration: count('totalFreezesDuration'),
            });
          }
        }
      }
      return videos;
    });
  }

  /** What became of the video that this page sends. */
  sentVideo(): Promise<{ nackCount: number; retransmittedPacketsSent: number }> {
    return this.page.evaluate(async () => {
      const sent = { nackCount: 0, retransmittedPacketsSent: 0 };
      for (const peer of window.rig.peers) {
        const report = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
        for (const stats of report.values()) {
          if (stats.type === 'outbound-rtp' && stats.kind === 'video') {
            sent.nackCount += Number(stats.nackCount ?? 0);
            sent.retransmittedPacketsSent += Number(stats.retransmittedPacketsSent ?? 0);
          }
        }
      }
      return sent;
    });
  }

  /** The mean colour and a sum over the pixels of each shown video. */
  looks(): Promise<{ mean: number[]; hash: number }[]> {
    return this.page.evaluate(() =>
      [...document.querySelectorAll('video')].map((video) => {
        const canvas = document.createElement('canvas');
        canvas.width = 160;
        canvas.height = 90;
        const context = canvas.getContext('2d');
        context?.drawImage(video, 0, 0, 160, 90);
        const pixels = context?.getImageData(0, 0, 160, 90).data ?? new Uint8ClampedArray();
        const sums = [0, 0, 0];
        let hash = 0;
        for (const [index, value] of pixels.entries()) {
          if (index % 4 < 3) {
            sums[index % 4] = (sums[index % 4] ?? 0) + value;
            hash = (hash * 31 + value) | 0;
          }
        }
        return { mean: sums.map((sum) => sum / (160 * 90)), hash };
      }),
    );
  }

  /** The audio energy received so far, as WebRTC counts it. */
  energy(): Promise<number> {
    return this.sum('audio', 'totalAudioEnergy');
  }

  /** Bytes of video received so far. */
  videoBytes(): Promise<number> {
    return this.sum('video', 'bytesReceived');
  }

  /** The transports that are in use: udp or tcp. */
  protocols(): Promise<string[]> {
    return this.page.evaluate(async () => {
      const protocols: string[] = [];
      for (const peer of window.rig.peers) {
        const report = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
        for (const stats of report.values()) {
          if (stats.type === 'candidate-pair' && stats.nominated === true) {
            const local = report.get(String(stats.localCandidateId));
            protocols.push(String(local?.protocol));
          }
        }
      }
      return protocols;
    });
  }

  /** What `createCallAgent` rejects with for this token. */
  refusal(token: string): Promise<{ code: number; subCode: number } | undefined> {
    return this.page.evaluate(
      async ({ endpoint, token }) => {
        const client = new window.rig.sdk.CallClient({ endpoint });
        try {
          await client.createCallAgent({
            getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }),
          });
          return undefined;
        } catch (error) {
          const { code, subCode } = error as Sdk.CommunicationServicesError;
          return { code, subCode };
        }
      },
      { endpoint: this.server.origin, token },
    );
  }

  private sum(kind: 'audio' | 'video', field: string): Promise<number> {
    return this.page.evaluate(
      async ({ kind, field }) => {
        let sum = 0;
        for (const peer of window.rig.peers) {
          const report = (await peer.getStats()) as unknown as Map<string, Record<string, unknown>>;
          for (const stats of report.values()) {
            if (stats.type === 'inbound-rtp' && stats.kind === kind) {
              sum += Number(stats[field] ?? 0);
            }
          }
        }
        return sum;
      },
      { kind, field },
    );
  }
}

/** Opens a page of the server's own origin with the SDK loaded, and nothing else. */
export async function openParticipant(
  page: ScriptedPage,
  server: Server,
  name: string,
): Promise<Participant> {
  // Any page of the origin will do that runs no script of its own and is shown as it is.
  await page.goto(`${server.origin}/sdk/calling.d.ts`);
  await page.evaluate(() => {
    const peers: RTCPeerConnection[] = [];
    window.rig = { peers, renderers: new Map(), views: new Map() } as unknown as State;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
  // As text: the test's own build would put another import in its place.
  const module = JSON.stringify(`${server.origin}/sdk/calling.js`);
  await page.evaluate(`import(${module}).then((sdk) => { window.rig.sdk = sdk; })`);
  return new Participant(page, server, name);
}
