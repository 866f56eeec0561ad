import { existsSync } from 'node:fs';

import type { Browser } from 'playwright-core';
import type { Browser as Firefox } from 'puppeteer-core';
import { launch as launchFirefox } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { ownAddress } from './network';
import type { Participant, ScriptedPage } from './participant';
import { openParticipant } from './participant';
import { Phone } from './phone';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const FIREFOX = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));
// Firefox gathers no loopback candidates, whatever its settings say.
const ADDRESS = ownAddress();

const SKIPPED =
  NO_SERVER ??
  (CHROMIUM === undefined
    ? 'Chromium is missing'
    : FIREFOX === undefined
      ? 'Firefox is missing'
      : ADDRESS === undefined
        ? 'this machine has no address but loopback'
        : undefined);

describe.skipIf(SKIPPED !== undefined)(`Firefox and Chromium in a call${because(SKIPPED)}`, () => {
  let server: Server | undefined;
  let chromium: Browser | undefined;
  let firefox: Firefox | undefined;

  beforeAll(async () => {
    server = await Server.start({ address: ADDRESS ?? '' });
    chromium = await launch(440);
    firefox = await launchFirefox({
      browser: 'firefox',
      executablePath: FIREFOX ?? '',
      headless: true,
      acceptInsecureCerts: true,
      timeout: 90_000,
      protocolTimeout: 90_000,
      extraPrefsFirefox: {
        'media.navigator.streams.fake': true,
        'media.navigator.permission.disabled': true,
        'media.peerconnection.ice.obfuscate_host_addresses': false,
        'media.autoplay.default': 0,
        'media.autoplay.blocking_policy': 0,
        'media.navigator.audio.fake_frequency': 660,
      },
    });
  });
  afterAll(async () => {
    await firefox?.close();
    await chromium?.close();
    await server?.stop();
  });

  test('each decodes the video of the other, and hears it', async () => {
    if (server === undefined || chromium === undefined || firefox === undefined) {
      throw new Error('Not everything was started');
    }
    const groupId = crypto.randomUUID();
    const context = await chromium.newContext({ ignoreHTTPSErrors: true });
    const one = await openParticipant(await context.newPage(), server, 'Chromium');
    await one.join(groupId, { camera: true });
    const page = (await firefox.newPage()) as unknown as ScriptedPage;
    const two = await openParticipant(page, server, 'Firefox');
    await two.join(groupId, { camera: true });
    for (const participant of [one, two]) {
      await until('the other in the roster', async () => (await participant.others()) === 1);
      await decodes(participant);
      await until('energy', async () => (await participant.energy()) > 0.01);
    }
    const [tone = -200, other = -200] = await one.tones([660, 1000]);
    expect(tone).toBeGreaterThan(other + 25);
  });

  test('each calls the other, and is seen', async () => {
    if (server === undefined || chromium === undefined || firefox === undefined) {
      throw new Error('Not everything was started');
    }
    const context = await chromium.newContext({ ignoreHTTPSErrors: true });
    const page = (await firefox.newPage()) as unknown as ScriptedPage;
    const one = await Phone.open(await context.newPage(), server, await server.user(), 'Chromium');
    const two = await Phone.open(page, server, await server.user(), 'Firefox');
    for (const [caller, callee] of [
      [one, two],
      [two, one],
    ] as const) {
      await caller.call(callee);
      await callee.accept();
      await Promise.all([caller.is('Connected'), callee.is('Connected')]);
      await Promise.all([caller.watches(), callee.watches()]);
      await callee.do((call) => call.hangUp());
      expect(await caller.ended()).toBe('0/0');
    }
  });
});

async function decodes(participant: Participant): Promise<void> {
  let first = Infinity;
  await until('growing frames', async () => {
    const [video] = await participant.receivedVideos();
    first = Math.min(first, video?.framesDecoded ?? Infinity);
    return (video?.framesDecoded ?? 0) > first + 20;
  });
}
