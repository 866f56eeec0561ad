import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { Phone } from './phone';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

/** A frame may be late by this much, in milliseconds, on a machine that encodes and decodes all of them. */
const GAP_MS = 1_500;

describe.skipIf(SKIPPED !== undefined)(`calls whose server is lost${because(SKIPPED)}`, () => {
  let server: Server;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const settings = ['calls: { timeouts: { reconnect: 5s, call-setup: 2s } }'];
    server = await Server.start({ settings });
    browser = await launch(440);
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(() => Promise.all(contexts.splice(0).map((context) => context.close())));

  async function phone(name: string): Promise<Phone> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    contexts.push(context);
    return Phone.open(await context.newPage(), server, await server.user(), name);
  }

  async function talk(): Promise<[alice: Phone, bob: Phone]> {
    const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
    await alice.call(bob);
    await bob.accept();
    await Promise.all([alice.is('Connected'), bob.is('Connected')]);
    await Promise.all([alice.watches(), bob.watches()]);
    return [alice, bob];
  }

  test('who does not answer in time is given up, and rings no more', async () => {
    const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
    await alice.call(bob);
    await bob.rings();
    expect(await alice.ended()).toBe('487/10004');
    await until('Bob rings no more', async () => (await bob.rangOut()).length === 1);
  });

  test('a socket that is cut is replaced, while the pictures go on and nobody notices', async () => {
    const [alice, bob] = await talk();
    await Promise.all([alice.states(), bob.states()]);
    const gap = await bob.longestGap(async () => {
      await alice.cut();
      await alice.hears('Disconnected');
      // Happens while Alice has no socket, or just after.
      await bob.do((call) => call.unmute());
      await alice.hears('Connected');
      await until('Alice knows what happened', () =>
        alice.do((call) => call.remoteParticipants.every(({ isMuted }) => !isMuted)),
      );
    });
    expect(gap).toBeLessThan(GAP_MS);
    expect(await alice.states()).toEqual([]);
    expect(await bob.states()).toEqual([]);
    await alice.do((call) => call.hangUp());
    expect(await bob.ended()).toBe('0/0');
  });

  test('who vanishes without a word is removed when the time is over', async () => {
    const groupId = crypto.randomUUID();
    const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
    for (const person of [alice, bob]) {
      await person.join(groupId);
      await person.is('Connected');
    }
    await alice.watches();
    // The page dies as a process does: nothing in it says goodbye.
    void bob.page.goto('chrome://crash').catch(() => undefined);
    await alice.hears('gone 410/301005');
    expect(await alice.others()).toEqual([]);
    expect(await alice.state()).toBe('Connected');
  });

  test('a call does not outlive a restart of the server, and the agents come back by themselves', async () => {
    const [alice, bob] = await talk();
    await server.restart();
    for (const person of [alice, bob]) {
      expect(['410/301005', '503/50302']).toContain(await person.ended());
      await until('the agent is back', () =>
        person.page.evaluate(() => window.phone.agent.connectionState === 'Connected'),
      );
    }
    await sleep(200);
    await alice.call(bob);
    await bob.accept();
    await Promise.all([alice.watches(), bob.watches()]);
  });
});
