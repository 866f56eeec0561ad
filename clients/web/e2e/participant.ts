import type { Page } from 'playwright-core';

import type * as Sdk from '@vaxel/calling';

type Simple = 'mute' | 'unmute' | 'startScreenSharing' | 'stopScreenSharing' | 'hangUp';

/** What the page of a participant keeps in its window. */
interface State {
  sdk: typeof Sdk;
  agent: Sdk.CallAgent;
  call: Sdk.Call;
  groupId: string;
  camera: Sdk.LocalVideoStream | undefined;
  renderers: Map<Sdk.RemoteVideoStream, Sdk.VideoStreamRenderer>;
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
    readonly page: Page,
    private readonly endpoint: string,
    private readonly name: string,
  ) {}

  async join(groupId: string, options: { camera: boolean }): Promise<void> {
    const token = await this.token();
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
      { endpoint: this.endpoint, token, name: this.name, groupId, options },
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
    return this.page.evaluate(async (mediaStreamType) => {
      const frames: number[] = [];
      for (const stream of window.rig.renderers.keys()) {
        if (stream.mediaStreamType === mediaStreamType) {
          const [track] = (await stream.getMediaStream()).getVideoTracks();
          const video = [...document.querySelectorAll('video')].find(
            ({ srcObject }) =>
              srcObject instanceof MediaStream && srcObject.getVideoTracks()[0] === track,
          );
          frames.push(video?.getVideoPlaybackQuality().totalVideoFrames ?? 0);
        }
      }
      return frames;
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
      { endpoint: this.endpoint, token },
    );
  }

  private async token(): Promise<string> {
    const response = await this.page.request.post(`${this.endpoint}/development/token`, {
      data: { displayName: this.name },
    });
    if (!response.ok()) {
      throw new Error(`No token: ${String(response.status())} ${await response.text()}`);
    }
    return ((await response.json()) as { token: string }).token;
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
  page: Page,
  endpoint: string,
  name: string,
): Promise<Participant> {
  const origin = endpoint.replace(/\/$/, '');
  await page.addInitScript(() => {
    const peers: RTCPeerConnection[] = [];
    window.rig = { peers, renderers: new Map() } as unknown as State;
    const Original = window.RTCPeerConnection;
    window.RTCPeerConnection = class extends Original {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        peers.push(this);
      }
    };
  });
  await page.goto(`${origin}/health/live`);
  await page.evaluate(async (url) => {
    window.rig.sdk = (await import(/* @vite-ignore */ url)) as typeof Sdk;
  }, `${origin}/sdk/calling.js`);
  return new Participant(page, origin, name);
}
