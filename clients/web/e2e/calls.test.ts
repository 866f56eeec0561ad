import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Participant } from './participant';
import { openParticipant } from './participant';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const TONES = [440, 660, 880];

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

describe.skipIf(SKIPPED !== undefined)(`calls through a server${because(SKIPPED)}`, () => {
  let server: Server;
  let tcpServer: Server | undefined;
  const browsers: Browser[] = [];
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    server = await Server.start();
    // A browser for each tone: the fake microphone is a setting of the whole browser.
    for (const tone of TONES) {
      browsers.push(await launch(tone));
    }
  });
  afterAll(async () => {
    await Promise.all(browsers.map((browser) => browser.close()));
    await server.stop();
    await tcpServer?.stop();
  });
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

  async function open(index: number, at = server): Promise<Participant> {
    return openParticipant(await newPage(index), at, `Person ${String(index + 1)}`);
  }

  async function newPage(index: number): Promise<Page> {
    const browser = browsers[index];
    if (browser === undefined) {
      throw new Error('There are not so many browsers');
    }
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    contexts.push(context);
    return context.newPage();
  }

  /** Opens pages in one call, with camera and microphone. */
  async function meet(count: number, at = server): Promise<Participant[]> {
    const groupId = crypto.randomUUID();
    const people: Participant[] = [];
    for (let index = 0; index < count; index++) {
      const participant = await open(index, at);
      await participant.join(groupId, { camera: true });
      people.push(participant);
    }
    for (const participant of people) {
      await until(
        'everybody in the roster',
        async () => (await participant.others()) === count - 1,
      );
    }
    return people;
  }

  async function hearsAll(listener: Participant, tones: number[]): Promise<void> {
    await until(`tones ${tones.join(', ')} heard`, async () => {
      const levels = await listener.tones([...tones, 1000]);
      const silence = levels.at(-1) ?? 0;
      return tones.every((_, index) => (levels[index] ?? -200) > silence + 25);
    });
  }

  async function seesAll(viewer: Participant, count: number): Promise<void> {
    await until(`${String(count)} videos decoded and shown`, async () => {
      const before = await shown(viewer);
      await sleep(700);
      const after = await shown(viewer);
      return (
        after.length === count &&
        after.every((frames, index) => frames > (before[index] ?? Infinity)) &&
        (await moves(viewer, count))
      );
    });
  }

  /** Frames that are on the page, of the streams that also decode. */
  async function shown(viewer: Participant): Promise<number[]> {
    const decoding = (await viewer.receivedVideos()).filter((video) => video.framesDecoded > 0);
    const pictures = await viewer.pictures('Video');
    return decoding.length >= pictures.length ? pictures : [];
  }

  /** Whether every video is the test picture, not black, and changes. */
  async function moves(viewer: Participant, count: number): Promise<boolean> {
    const before = await viewer.looks();
    await sleep(400);
    const after = await viewer.looks();
    return (
      after.length >= count &&
      after.every(({ mean, hash }, index) => (mean[1] ?? 0) > 40 && hash !== before[index]?.hash)
    );
  }

  test.each([2, 3])('%i pages see and hear each other', async (count) => {
    const people = await meet(count);
    for (const [index, participant] of people.entries()) {
      await seesAll(participant, count - 1);
      await hearsAll(
        participant,
        TONES.slice(0, count).filter((_, other) => other !== index),
      );
    }
  });

  test('muting stops the sound, and unmuting brings it back', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await hearsAll(two, [440]);
    await one.run('mute');
    await until('the muted sign', async () => (await two.mutedOthers()) === 1);
    await until('silence', async () => ((await two.tones([440]))[0] ?? 0) < -80);
    const energy = await two.energy();
    await sleep(1500);
    expect((await two.energy()) - energy).toBeLessThan(1e-4);
    await one.run('unmute');
    await hearsAll(two, [440]);
    expect(await two.mutedOthers()).toBe(0);
  });

  test('a shared screen is a stream of its own, and ends', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await seesAll(two, 1);
    await one.run('startScreenSharing');
    await until('the screen', async () => (await two.pictures('ScreenSharing'))[0] !== undefined);
    await until('frames of the screen', async () => {
      const [frames] = await two.pictures('ScreenSharing');
      return frames !== undefined && frames > 5;
    });
    await seesAll(two, 1);
    await one.run('stopScreenSharing');
    await until('no screen', async () => (await two.pictures('ScreenSharing')).length === 0);
    await seesAll(two, 1);
  });

  test('a camera stops and starts again', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await seesAll(two, 1);
    await one.stopCamera();
    await until('no video', async () => (await two.pictures('Video')).length === 0);
    await one.startCamera();
    await seesAll(two, 1);
  });

  test('a video nobody shows is not sent', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await seesAll(two, 1);
    await two.hideVideos();
    await until('no more frames', async () => {
      const before = await two.videoBytes();
      await sleep(1000);
      return (await two.videoBytes()) === before;
    });
    await seesAll(one, 1);
  });

  test('who hangs up, and whose page is closed, disappears', async () => {
    const [one, two, three] = (await meet(3)) as [Participant, Participant, Participant];
    await two.run('hangUp');
    expect(await two.state()).toBe('Disconnected');
    await until('two left', async () => (await one.others()) === 1);
    await three.page.close();
    await until('nobody left', async () => (await one.others()) === 0);
  });

  test('the call can be joined again on the same agent', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await two.run('hangUp');
    await until('nobody left', async () => (await one.others()) === 0);
    await two.rejoin();
    await until('the other is back', async () => (await one.others()) === 1);
    await seesAll(two, 1);
    await hearsAll(two, [440]);
  });

  test('the active speaker is known', async () => {
    const [one, two] = (await meet(2)) as [Participant, Participant];
    await until('somebody speaks', async () => (await one.speakers()) > 0);
    await two.run('mute');
    await until('nobody speaks', async () => (await one.speakers()) === 0);
  });

  test('a wrong token is refused with 401', async () => {
    const participant = await open(0);
    expect(await participant.refusal('no.token.atall')).toMatchObject({ code: 401 });
  });

  test('the same call runs over ICE-TCP where UDP is blocked', async () => {
    tcpServer = await Server.start({ udp: false });
    const people = await meet(2, tcpServer);
    for (const [index, participant] of people.entries()) {
      await seesAll(participant, 1);
      await hearsAll(participant, [TONES[1 - index] ?? 0]);
      expect(new Set(await participant.protocols())).toEqual(new Set(['tcp']));
    }
  });

  test('two demo pages meet', async () => {
    const group = crypto.randomUUID();
    const pages: Page[] = [];
    for (const name of ['Kim', 'Lo']) {
      const page = await newPage(pages.length);
      pages.push(page);
      await page.goto(new URL(`/demo/?group=${group}`, server.origin).href);
      await page.getByLabel('Your name').fill(name);
      await page.getByRole('button', { name: 'Join the call' }).click();
      await page.getByRole('heading', { name: 'In the call' }).waitFor();
    }
    for (const page of pages) {
      await until('two pictures', () =>
        page.evaluate(
          () =>
            [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0)
              .length === 2,
        ),
      );
    }
  });
});
