import type * as Sdk from '@vaxel/calling';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Participant } from './participant';
import { openParticipant } from './participant';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

/** What a page writes down of its features. */
interface Notes {
  lines: string[];
}

declare global {
  interface Window {
    notes: Notes;
    sender: Sdk.DataChannelSender;
  }
}

describe.skipIf(SKIPPED !== undefined)(`the features of calls${because(SKIPPED)}`, () => {
  let server: Server;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await Server.start();
    browser = await launch(440);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

  async function open(name: string): Promise<Participant> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    contexts.push(context);
    return openParticipant(await context.newPage(), server, name);
  }

  async function meet(...names: string[]): Promise<Participant[]> {
    const groupId = crypto.randomUUID();
    const people: Participant[] = [];
    for (const name of names) {
      const participant = await open(name);
      await participant.join(groupId, { camera: name === 'Kim' });
      await note(participant);
      people.push(participant);
    }
    for (const participant of people) {
      const others = names.length - 1;
      await until('everybody', async () => (await participant.others()) === others);
    }
    return people;
  }

  /** Has a page write down what its features tell. */
  function note({ page }: Participant): Promise<void> {
    return page.evaluate(() => {
      const { sdk, call } = window.rig;
      const lines: string[] = [];
      window.notes = { lines };
      const nameOf = (identifier: { communicationUserId?: string } | object): string => {
        const id = (identifier as { communicationUserId?: string }).communicationUserId;
        const other = call.remoteParticipants.find(
          (participant) =>
            participant.identifier.kind === 'communicationUser' &&
            participant.identifier.communicationUserId === id,
        );
        return other?.displayName ?? 'me';
      };
      const hands = call.feature(sdk.Features.RaiseHand);
      hands.on('raisedHandEvent', ({ identifier }) => {
        const order = hands.getRaisedHands().map((hand) => nameOf(hand.identifier));
        lines.push(`hand of ${nameOf(identifier)}: ${order.join(', ')}`);
      });
      hands.on('loweredHandEvent', ({ identifier }) => {
        lines.push(`no hand of ${nameOf(identifier)}`);
      });
      call.feature(sdk.Features.Reaction).on('reaction', ({ identifier, reactionMessage }) => {
        lines.push(`${nameOf(identifier)}: ${reactionMessage.reactionType}`);
      });
      call.feature(sdk.Features.Spotlight).on('spotlightChanged', ({ added, removed }) => {
        lines.push(...added.map(({ identifier }) => `light on ${nameOf(identifier)}`));
        lines.push(...removed.map(({ identifier }) => `no light on ${nameOf(identifier)}`));
      });
      call.feature(sdk.Features.RealTimeText).on('realTimeTextReceived', (info) => {
        const { sender, text, resultType, isLocal } = info;
        lines.push(`${isLocal ? 'I' : String(sender.displayName)} ${resultType}: ${text}`);
      });
      const captions = call.feature(sdk.Features.Captions).captions as Sdk.Captions;
      captions.on('CaptionsActiveChanged', () => {
        const { isCaptionsFeatureActive, activeSpokenLanguage } = captions;
        lines.push(`captions ${String(isCaptionsFeatureActive)} ${activeSpokenLanguage}`);
      });
      call.feature(sdk.Features.DataChannel).on('dataChannelReceiverCreated', (receiver) => {
        receiver.on('messageReady', () => {
          const message = receiver.readMessage();
          lines.push(`data ${String(message?.sequenceNumber)}: ${String(message?.data.length)}`);
        });
        receiver.on('close', () => lines.push('data closed'));
      });
      call.feature(sdk.Features.MediaAccess).on('mediaAccessChanged', ({ mediaAccesses }) => {
        for (const { participant, isAudioPermitted } of mediaAccesses) {
          lines.push(`${nameOf(participant)} may speak: ${String(isAudioPermitted)}`);
        }
      });
      call.feature(sdk.Features.Capabilities).on('capabilitiesChanged', ({ newValue }) => {
        const changed = Object.entries(newValue).map(
          ([name, { isPresent }]) => `${name} ${String(isPresent)}`,
        );
        lines.push(`capabilities: ${changed.join(', ')}`);
      });
      const diagnostics = call.feature(sdk.Features.UserFacingDiagnostics);
      diagnostics.network.on('diagnosticChanged', ({ diagnostic, value }) => {
        lines.push(`${diagnostic} ${String(value)}`);
      });
    });
  }

  async function reads(participant: Participant, line: string): Promise<void> {
    const notes = (): Promise<string[]> => participant.page.evaluate(() => window.notes.lines);
    try {
      await until(line, async () => (await notes()).includes(line), 15_000);
    } catch (error) {
      throw new Error(`${String(error)}; there is: ${JSON.stringify(await notes())}`);
    }
  }

  test('hands, reactions, spotlight, text and captions reach everybody', async () => {
    const [kim, lo] = (await meet('Kim', 'Lo')) as [Participant, Participant];
    await lo.page.evaluate(async () => {
      const { sdk, call } = window.rig;
      await call.feature(sdk.Features.RaiseHand).raiseHand();
      await call.feature(sdk.Features.Reaction).sendReaction({ reactionType: 'heart' });
      await call.feature(sdk.Features.RealTimeText).sendRealTimeText('hel');
      await call.feature(sdk.Features.RealTimeText).sendRealTimeText('hello', true);
      await call.feature(sdk.Features.Captions).captions.startCaptions({ spokenLanguage: 'de-de' });
    });
    await reads(kim, 'hand of Lo: Lo');
    await reads(lo, 'hand of me: me');
    await reads(kim, 'Lo: heart');
    await reads(lo, 'me: heart');
    await reads(kim, 'Lo Partial: hel');
    await reads(kim, 'Lo Final: hello');
    await reads(lo, 'I Final: hello');
    await reads(kim, 'captions true de-de');
    await reads(lo, 'captions true de-de');

    await kim.page.evaluate(async () => {
      const { sdk, call } = window.rig;
      const [other] = call.remoteParticipants;
      await call.feature(sdk.Features.RaiseHand).raiseHand();
      if (other !== undefined) {
        await call.feature(sdk.Features.Spotlight).startSpotlight([other.identifier]);
      }
      await call.feature(sdk.Features.RaiseHand).lowerAllHands();
      await call.feature(sdk.Features.Spotlight).stopAllSpotlight();
    });
    await reads(lo, 'hand of Kim: me, Kim');
    await reads(lo, 'no hand of me');
    await reads(kim, 'no hand of Lo');
    await reads(lo, 'light on me');
    await reads(kim, 'no light on Lo');
  });

  test('messages of an application arrive whole and in order, and its channel closes', async () => {
    const [kim, lo] = (await meet('Kim', 'Lo')) as [Participant, Participant];
    await lo.page.evaluate(async () => {
      const { sdk, call } = window.rig;
      const feature = call.feature(sdk.Features.DataChannel);
      const sender = feature.createDataChannelSender({ channelId: 7 });
      await sender.sendMessage(new Uint8Array(3));
      await sender.sendMessage(new Uint8Array(sender.maxMessageSize));
      sender.close();
    });
    await reads(kim, 'data 1: 3');
    await reads(kim, 'data 2: 32768');
    await reads(kim, 'data closed');
  });

  test('who may not speak is muted, and may again', async () => {
    const [kim] = (await meet('Kim', 'Lo')) as [Participant];
    const set = (permitted: boolean): Promise<void> =>
      kim.page.evaluate(async (allowed) => {
        const { sdk, call } = window.rig;
        const access = call.feature(sdk.Features.MediaAccess);
        await (allowed ? access.permitOthersAudio() : access.forbidOthersAudio());
      }, permitted);
    await set(false);
    await reads(kim, 'Lo may speak: false');
    await until('silence of Lo', async () => (await kim.mutedOthers()) === 1);
    await set(true);
    await reads(kim, 'Lo may speak: true');
  });

  test('a call of a group allows what it has, and names why not', async () => {
    const [kim] = (await meet('Kim')) as [Participant];
    const capabilities = await kim.page.evaluate(() => {
      const { sdk, call } = window.rig;
      return call.feature(sdk.Features.Capabilities).capabilities;
    });
    expect(capabilities.turnVideoOn).toEqual({ isPresent: true, reason: 'Capable' });
    expect(capabilities.raiseHand.isPresent).toBe(true);
    expect(capabilities.addTeamsUser).toEqual({ isPresent: false, reason: 'FeatureNotSupported' });
  });

  test('media statistics tell what is sent and what arrives', async () => {
    const [kim, lo] = (await meet('Kim', 'Lo')) as [Participant, Participant];
    const sample = (participant: Participant): Promise<Sdk.MediaStatsReportSample> =>
      participant.page.evaluate(
        () =>
          new Promise<Sdk.MediaStatsReportSample>((resolve) => {
            const { sdk, call } = window.rig;
            const collector = call.feature(sdk.Features.MediaStats).createCollector();
            let count = 0;
            collector.on('sampleReported', (report) => {
              if (++count === 4) {
                collector.dispose();
                resolve(report);
              }
            });
          }),
      );
    await until('video of Kim', async () => (await lo.pictures('Video')).some((it) => it > 5));
    const sent = await sample(kim);
    expect(sent.audio.send[0]?.codecName).toBe('opus');
    expect(sent.audio.send[0]?.packetsPerSecond).toBeGreaterThan(20);
    expect(sent.video.send[0]?.frameRateSent).toBeGreaterThan(1);
    expect(sent.transports.length).toBeGreaterThan(0);
    const received = await sample(lo);
    expect(received.video.receive[0]?.frameWidthReceived).toBeGreaterThan(0);
    expect(received.video.receive[0]?.bitrate).toBeGreaterThan(1_000);
    expect(received.video.receive[0]?.streamId).toBeGreaterThan(0);
    expect(received.audio.receive[0]?.packets).toBeGreaterThan(0);
  });

  test('a browser without a network says so, and when it is back', async () => {
    const [kim] = (await meet('Kim', 'Lo')) as [Participant];
    const context = contexts[0];
    await context?.setOffline(true);
    await reads(kim, 'noNetwork true');
    await context?.setOffline(false);
    await reads(kim, 'noNetwork false');
  });

  test('a view changes how it fills its place, and a mirror is one', async () => {
    const [, lo] = (await meet('Kim', 'Lo')) as [Participant, Participant];
    await until('video of Kim', async () => (await lo.pictures('Video')).some((it) => it > 5));
    const looks = await lo.page.evaluate(async () => {
      const { rig } = window;
      const [stream] = [...rig.views.keys()];
      if (stream === undefined) {
        throw new Error('There is no view');
      }
      const renderer = new rig.sdk.VideoStreamRenderer(stream);
      const view = await renderer.createView({ isMirrored: true, scalingMode: 'Fit' });
      const video = view.target.querySelector('video');
      const fits: (string | undefined)[] = [video?.style.objectFit];
      for (const mode of ['Crop', 'Stretch'] as const) {
        await view.updateScalingMode(mode);
        fits.push(video?.style.objectFit);
      }
      const transform = video?.style.transform;
      renderer.dispose();
      return { fits, transform, isMirrored: view.isMirrored };
    });
    expect(looks).toEqual({
      fits: ['contain', 'cover', 'fill'],
      transform: 'scaleX(-1)',
      isMirrored: true,
    });
  });
});
