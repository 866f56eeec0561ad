import { create } from '@bufbuild/protobuf';
import { WebSocket } from 'ws';
import { MediaStreamTrack, RTCPeerConnection, useNACK, useOPUS, usePLI, useVP8 } from 'werift';

import {
  AutoSubscribe,
  JoinSchema,
  LeaveSchema,
  PublishSchema,
  SubscribeAnswerSchema,
  TrackKind,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import type { SubscribeOffer } from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { SignalingConnection } from '../sdk/signaling/SignalingConnection';
import type { Server } from './server';

type Kind = 'audio' | 'video';
const KINDS: Kind[] = ['audio', 'video'];

/**
 * A participant that is no browser and shares no code with one: werift has its own SDP, ICE, DTLS and SRTP. It sends back, as its
 * own, the voice and the video of whoever is in the call already.
 */
export class EchoPeer {
  /** RTP packets that have come in. */
  readonly received: Record<Kind, number> = { audio: 0, video: 0 };
  readonly #connection: SignalingConnection;
  readonly #publish = openPeer();
  readonly #subscribe = openPeer();
  readonly #tracks: Record<Kind, MediaStreamTrack> = {
    audio: new MediaStreamTrack({ kind: 'audio' }),
    video: new MediaStreamTrack({ kind: 'video' }),
  };
  #askForKeyFrame: () => void = () => undefined;

  private constructor(connection: SignalingConnection) {
    this.#connection = connection;
    this.#subscribe.onTrack.subscribe((track) => {
      const kind = track.kind === 'audio' ? 'audio' : 'video';
      track.onReceiveRtp.subscribe((packet) => {
        this.received[kind]++;
        if (kind === 'video') {
          const { ssrc } = packet.header;
          this.#askForKeyFrame = () => {
            const receiver = this.#subscribe.getReceivers().find((each) => each.kind === 'video');
            receiver?.sendRtcpPLI(ssrc).catch(() => undefined);
          };
        }
        this.#tracks[kind].writeRtp(packet);
      });
    });
  }

  /** Joins, receives everything and sends it back. */
  static async join(server: Server, groupId: string): Promise<EchoPeer> {
    // The SDK's own signalling, on a socket of this process.
    (globalThis as { WebSocket?: unknown }).WebSocket ??= WebSocket;
    const connection = await SignalingConnection.open({
      getToken: async () => ({ token: await server.token(), expiresOnTimestamp: 0 }),
      address: () => `${server.origin.replace('http', 'ws')}/calling/v1`,
      receivesCalls: false,
      displayName: 'Echo',
      sdkName: 'echo-peer',
      sdkVersion: '1',
    });
    const peer = new EchoPeer(connection);
    connection.on('received', (body) => {
      if (body.case === 'subscribeOffer') {
        void peer.#answer(body.value);
      }
    });
    const join = create(JoinSchema, {
      locator: { case: 'groupId', value: groupId },
      autoSubscribe: AutoSubscribe.ALL,
    });
    await connection.request({ case: 'join', value: join }, 'joined');
    await peer.#offer();
    return peer;
  }

  /** The states of the two media connections: publish, subscribe. */
  states(): string[] {
    return [this.#publish.connectionState, this.#subscribe.connectionState];
  }

  /** Leaves. */
  async close(): Promise<void> {
    await this.#connection.request({ case: 'leave', value: create(LeaveSchema) }, 'left');
    this.#connection.close();
    await this.#publish.close();
    await this.#subscribe.close();
  }

  async #offer(): Promise<void> {
    const transceivers = KINDS.map((kind) =>
      this.#publish.addTransceiver(this.#tracks[kind], { direction: 'sendonly' }),
    );
    transceivers[1]?.sender.onPictureLossIndication.subscribe(() => {
      this.#askForKeyFrame();
    });
    await this.#publish.setLocalDescription(await this.#publish.createOffer());
    const value = create(PublishSchema, {
      sdp: this.#publish.localDescription?.sdp ?? '',
      tracks: transceivers.map(({ mid }, index) => ({
        mid: mid ?? '',
        kind: index === 0 ? TrackKind.AUDIO : TrackKind.VIDEO,
      })),
    });
    const { sdp } = await this.#connection.request({ case: 'publish', value }, 'publishAnswer');
    await this.#publish.setRemoteDescription({ type: 'answer', sdp });
  }

  async #answer({ offerId, sdp }: SubscribeOffer): Promise<void> {
    await this.#subscribe.setRemoteDescription({ type: 'offer', sdp });
    await this.#subscribe.setLocalDescription(await this.#subscribe.createAnswer());
    const value = create(SubscribeAnswerSchema, {
      offerId,
      sdp: this.#subscribe.localDescription?.sdp ?? '',
    });
    await this.#connection.request({ case: 'subscribeAnswer', value }, 'done');
  }
}

function openPeer(): RTCPeerConnection {
  return new RTCPeerConnection({
    iceAdditionalHostAddresses: ['127.0.0.1'],
    iceUseIpv6: false,
    bundlePolicy: 'max-bundle',
    codecs: {
      audio: [useOPUS()],
      video: [useVP8({ rtcpFeedback: [useNACK(), usePLI()] })],
    },
  });
}
