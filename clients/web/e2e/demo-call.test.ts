import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { CHROMIUM, launch, picture, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

interface Visitor {
  name: string;
  context: Parameters<Browser['newContext']>[0];
}

const VISITORS: Visitor[] = [
  { name: 'Kim', context: { viewport: { width: 1200, height: 760 } } },
  { name: 'Lo', context: { viewport: { width: 1200, height: 760 }, colorScheme: 'dark' } },
  { name: 'Mio', context: { viewport: { width: 390, height: 780 } } },
];

describe.skipIf(SKIPPED !== undefined)(`demo page in a call${because(SKIPPED)}`, () => {
  let server: Server | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    server = await Server.start();
    browser = await launch(440);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  test('shows three people and a screen, by keyboard alone, in light, dark and on a phone', async () => {
    if (server === undefined || browser === undefined) {
      throw new Error('Not everything was started');
    }
    const url = `${server.origin}/demo/?group=${crypto.randomUUID()}`;
    const pages: Page[] = [];
    for (const { name, context } of VISITORS) {
      const own: BrowserContext = await browser.newContext(context);
      const page = await own.newPage();
      pages.push(page);
      await page.goto(url);
      await page.locator('.preview video').waitFor();
      await page.getByLabel('Your name').focus();
      await page.keyboard.type(name);
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'In the call' }).waitFor();
    }
    const [kim, lo, mio] = pages as [Page, Page, Page];
    for (const page of pages) {
      await showsVideos(page, VISITORS.length);
    }
    await picture(kim, 'real-call-light');
    await picture(lo, 'real-call-dark');
    await picture(mio, 'real-call-phone');
    await lo.keyboard.press('s');
    await lo.getByText('You share your screen').waitFor();
    for (const page of [kim, mio]) {
      await page.getByRole('figure', { name: 'Screen of Lo' }).waitFor();
      await showsVideos(page, VISITORS.length + 1);
    }
    await picture(kim, 'real-screen-light');
    await picture(lo, 'real-screen-own-dark');
    await picture(mio, 'real-screen-phone');
    for (const page of pages) {
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - window.innerWidth,
      );
      expect(overflow).toBeLessThanOrEqual(0);
    }
    await lo.getByRole('button', { name: 'Leave' }).focus();
    await lo.keyboard.press('Enter');
    await lo.getByRole('heading', { name: 'You have left the call' }).waitFor();
    await kim.getByText('Lo has left').waitFor();
    await mio.close();
    await until('alone', async () => (await kim.locator('.tile').count()) === 1);
    await picture(kim, 'real-alone-light');
  });
});

async function showsVideos(page: Page, count: number): Promise<void> {
  await until(`${String(count)} pictures`, () =>
    page.evaluate(
      (wanted) =>
        [...document.querySelectorAll('video')].filter(
          (video) => video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > 5,
        ).length === wanted,
      count,
    ),
  );
}
