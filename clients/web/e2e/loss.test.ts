import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { Network, NO_NETWORK } from './network';
import type { Participant, ReceivedVideo } from './participant';
import { openParticipant } from './participant';
import { CHROMIUM, launch, until } from './rig';
import { because, Server } from './server';

const LOSS_PERCENT = 5;
const WATCHED_MS = 15_000;

const SKIPPED = NO_NETWORK ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

describe.skipIf(SKIPPED !== undefined)(`calls over a bad link${because(SKIPPED)}`, () => {
  let network: Network | undefined;
  let server: Server | undefined;
  let browser: Browser | undefined;
  const people: Participant[] = [];

  beforeAll(async () => {
    network = await Network.open(LOSS_PERCENT);
    server = await Server.start(network.server);
    browser = await launch(440, { executable: await network.chromium() });
    for (const name of ['One', 'Two']) {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      people.push(await openParticipant(await context.newPage(), server, name));
    }
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    await network?.close();
  });

  test(`video keeps decoding at ${String(LOSS_PERCENT)} % loss each way`, async () => {
    const groupId = crypto.randomUUID();
    for (const participant of people) {
      await participant.join(groupId, { camera: true });
    }
    const video = async (participant: Participant): Promise<ReceivedVideo | undefined> =>
      (await participant.receivedVideos()).find(({ framesDecoded }) => framesDecoded > 0);
    for (const participant of people) {
      await until('a video', async () => ((await video(participant))?.framesDecoded ?? 0) > 20);
    }
    const before = await Promise.all(people.map(video));
    await sleep(WATCHED_MS);
    const after = await Promise.all(people.map(video));
    for (const [index, now] of after.entries()) {
      const then = before[index];
      if (now === undefined || then === undefined) {
        throw new Error('A video is gone');
      }
      const seconds = WATCHED_MS / 1000;
      expect(now.framesDecoded - then.framesDecoded).toBeGreaterThan(5 * seconds);
      expect(now.totalFreezesDuration - then.totalFreezesDuration).toBeLessThan(seconds / 5);
      expect(now.nackCount).toBeGreaterThan(0);
      expect(now.retransmittedPacketsReceived).toBeGreaterThan(0);
    }
    // The publishers' own losses: the server asks for them, and they are sent again.
    for (const participant of people) {
      const sent = await participant.sentVideo();
      expect(sent.nackCount).toBeGreaterThan(0);
      expect(sent.retransmittedPacketsSent).toBeGreaterThan(0);
    }
  });
});
