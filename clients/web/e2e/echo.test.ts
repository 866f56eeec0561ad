import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { EchoPeer } from './EchoPeer';
import { openParticipant } from './participant';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

describe.skipIf(SKIPPED !== undefined)(`a client that is no browser${because(SKIPPED)}`, () => {
  let server: Server | undefined;
  let browser: Browser | undefined;
  let echo: EchoPeer | undefined;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launch(440);
  });
  afterAll(async () => {
    await echo?.close();
    await browser?.close();
    await server?.stop();
  });

  test('receives voice and video, and what it sends is decoded', async () => {
    if (server === undefined || browser === undefined) {
      throw new Error('Not everything was started');
    }
    const groupId = crypto.randomUUID();
    const person = await openParticipant(await browser.newPage(), server, 'Person');
    await person.join(groupId, { camera: true });
    echo = await EchoPeer.join(server, groupId);
    const { received } = echo;
    await until('packets of both kinds', () =>
      Promise.resolve(received.audio > 50 && received.video > 50),
    );
    expect(echo.states()).toEqual(['connected', 'connected']);
    await until('the own video to come back', async () =>
      (await person.receivedVideos()).some(({ framesDecoded }) => framesDecoded > 30),
    );
    // The test picture is mostly green.
    await until('the picture', async () =>
      (await person.looks()).some(({ mean }) => (mean[1] ?? 0) > 40),
    );
    await until('the own voice to come back', async () => {
      const [tone = -200, other = -200] = await person.tones([440, 1000]);
      return tone > other + 25;
    });
  });
});
