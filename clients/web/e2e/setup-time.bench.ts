import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { Phone } from './phone';
import { launch } from './rig';
import { Server } from './server';

const CALLS = 50;

let server: Server;
let browser: Browser;

beforeAll(async () => {
  server = await Server.start();
  browser = await launch(440);
});
afterAll(async () => {
  await browser.close();
  await server.stop();
});

async function phone(name: string): Promise<Phone> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  return Phone.open(await context.newPage(), server, await server.user(), name);
}

/** Places a call and returns the time from startCall until the first picture of the other is shown, in milliseconds. */
function placed(alice: Phone, bob: Phone): Promise<number> {
  return alice.page.evaluate(async (communicationUserId) => {
    const { phone } = window;
    for (const video of document.querySelectorAll('video')) {
      video.parentElement?.remove();
    }
    const begun = performance.now();
    const shown = new Promise<number>((resolve) => {
      const appearing = new MutationObserver(() => {
        const video = document.querySelector('video');
        if (video !== null) {
          appearing.disconnect();
          video.requestVideoFrameCallback(() => {
            resolve(performance.now() - begun);
          });
        }
      });
      appearing.observe(document.body, { childList: true, subtree: true });
    });
    phone.call = phone.agent.startCall([{ communicationUserId }], {
      audioOptions: { muted: true },
      videoOptions: { localVideoStreams: [phone.camera] },
    });
    return shown;
  }, bob.user.userId);
}

function quantile(sorted: number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? NaN;
}

test(`${String(CALLS)} calls, from startCall to the first picture`, async () => {
  const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
  await bob.page.evaluate(() => {
    const { phone } = window;
    phone.agent.on('incomingCall', ({ incomingCall }) => {
      void incomingCall.accept({
        audioOptions: { muted: true },
        videoOptions: { localVideoStreams: [phone.camera] },
      });
    });
  });
  const times: number[] = [];
  for (let i = 0; i < CALLS; i++) {
    times.push(await placed(alice, bob));
    await alice.do((call) => call.hangUp());
    await Promise.all([alice.ended(), bob.ended()]);
  }
  const sorted = times.sort((a, b) => a - b);
  expect(sorted).toHaveLength(CALLS);
  process.stdout.write(
    `startCall to first picture, ${String(CALLS)} calls: ` +
      `p50 ${quantile(sorted, 0.5).toFixed(0)} ms, p99 ${quantile(sorted, 0.99).toFixed(0)} ms, ` +
      `least ${(sorted[0] ?? NaN).toFixed(0)} ms\n`,
  );
});
