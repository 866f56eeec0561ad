import { setTimeout as sleep } from 'node:timers/promises';

import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { Phone } from './phone';
import { CHROMIUM, launch, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const SKIPPED = NO_SERVER ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

/** A frame may be late by this much, in milliseconds, on a machine that encodes and decodes all of them. */
const GAP_MS = 1_500;

describe.skipIf(SKIPPED !== undefined)(`placed calls through a server${because(SKIPPED)}`, () => {
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

  async function phone(name: string, user = server.user()): Promise<Phone> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    contexts.push(context);
    return Phone.open(await context.newPage(), server, await user, name);
  }

  /** Alice and Bob, in a 1:1 call in which both see the other. */
  async function talk(): Promise<[alice: Phone, bob: Phone]> {
    const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
    await alice.call(bob);
    await bob.accept();
    await Promise.all([alice.is('Connected'), bob.is('Connected')]);
    await Promise.all([alice.watches(), bob.watches()]);
    return [alice, bob];
  }

  test('a call rings, is accepted, shows both each other, and ends for both', async () => {
    const [alice, bob] = await talk();
    expect(await alice.states()).toEqual(['Connecting', 'Ringing', 'Connected']);
    expect(await bob.states()).toEqual(['Connecting', 'Connected']);
    const caller = await bob.do((call) => [call.direction, call.callerInfo.displayName]);
    expect(caller).toEqual(['Incoming', 'Alice']);
    await alice.do((call) => call.hangUp());
    expect(await alice.ended()).toBe('0/0');
    expect(await bob.ended()).toBe('0/0');
  });

  test('a call is rejected, and another one cancelled', async () => {
    const [alice, bob] = await Promise.all([phone('Alice'), phone('Bob')]);
    await alice.call(bob);
    await bob.reject();
    expect(await alice.ended()).toBe('603/0');
    await until('Bob rings no more', async () => (await bob.rangOut()).length === 1);
    expect(await bob.rangOut()).toEqual(['603/0']);

    await bob.page.evaluate(() => (window.phone.incoming = undefined));
    await alice.call(bob);
    await bob.rings();
    await alice.is('Ringing');
    await alice.do((call) => call.hangUp());
    await until('Bob rings no more', async () => (await bob.rangOut()).length === 2);
    expect((await bob.rangOut())[1]).toBe('487/0');
  });

  test('who is signed in nowhere is not reached', async () => {
    const alice = await phone('Alice');
    const { userId } = await server.user();
    await alice.page.evaluate((communicationUserId) => {
      const { phone } = window;
      phone.call = phone.agent.startCall([{ communicationUserId }], {
        audioOptions: { muted: true },
      });
    }, userId);
    expect(await alice.ended()).toBe('480/10037');
  });

  test('two devices of one user ring; the one that does not answer stops', async () => {
    const user = server.user();
    const [alice, desk, mobile] = await Promise.all([
      phone('Alice'),
      phone('Bob', user),
      phone('Bob', user),
    ]);
    await alice.call(desk);
    await Promise.all([desk.rings(), mobile.rings()]);
    await desk.accept();
    await alice.is('Connected');
    await until('the other stops', async () => (await mobile.rangOut()).length === 1);
    expect(await mobile.rangOut()).toEqual(['487/10003']);
    expect(await desk.rangOut()).toEqual([]);
    await alice.watches();
  });

  test('a third person makes it a group call, without a gap in the pictures', async () => {
    const [alice, bob] = await talk();
    const carol = await phone('Carol');
    const gap = await bob.longestGap(async () => {
      await alice.do((call, id) => {
        call.addParticipant({ communicationUserId: id });
      }, carol.user.userId);
      await alice.sees('Connected', 'Ringing');
      await carol.accept();
      await alice.sees('Connected', 'Connected');
      await sleep(1_000);
    });
    expect(gap).toBeLessThan(GAP_MS);
    await Promise.all([carol.watches(), alice.watches(), bob.watches()]);

    await alice.do((call, id) => {
      return call.removeParticipant({ communicationUserId: id });
    }, bob.user.userId);
    expect(await bob.ended()).toBe('0/5300');
    await alice.sees('Connected');
    await carol.sees('Connected');
    await carol.watches();
    await carol.do((call) => call.hangUp({ forEveryone: true }));
    expect(await alice.ended()).toBe('0/4097');
  });

  test('who is called in and declines leaves the call as it was', async () => {
    const [alice, bob] = await talk();
    const carol = await phone('Carol');
    await alice.do((call, id) => {
      call.addParticipant({ communicationUserId: id });
    }, carol.user.userId);
    await carol.reject();
    await alice.hears('gone 603/0');
    await alice.sees('Connected');
    await bob.watches();
  });

  test('hold stops the pictures both ways, and resume brings them back', async () => {
    const [alice, bob] = await talk();
    await alice.do((call) => call.hold());
    expect(await alice.state()).toBe('LocalHold');
    await bob.is('RemoteHold');
    await bob.sees('Hold');
    await sleep(500);
    const before = [await alice.frames(), await bob.frames()];
    await sleep(1_000);
    expect([await alice.frames(), await bob.frames()]).toEqual(before);
    await alice.do((call) => call.resume());
    await Promise.all([alice.is('Connected'), bob.is('Connected')]);
    await Promise.all([alice.watches(), bob.watches()]);
  });

  test('others are muted, and know it; a screen is shared by one at a time', async () => {
    const groupId = crypto.randomUUID();
    const people = await Promise.all([phone('Alice'), phone('Bob')]);
    const [alice, bob] = people;
    for (const person of people) {
      await person.join(groupId);
      await person.is('Connected');
    }
    await bob.do((call) => call.unmute());
    await until('Bob is heard', () =>
      alice.do((call) => call.remoteParticipants.some(({ isMuted }) => !isMuted)),
    );
    await alice.do((call) => call.muteAllRemoteParticipants());
    await bob.hears('mutedByOthers');
    expect(await bob.do((call) => call.isMuted)).toBe(true);
    await until('Bob is muted', () =>
      alice.do((call) => call.remoteParticipants.every(({ isMuted }) => isMuted)),
    );

    const share = (phone: Phone): Promise<void> =>
      phone.do(async (call) => {
        const canvas = document.createElement('canvas');
        const context = canvas.getContext('2d');
        setInterval(() => context?.fillRect(0, 0, Math.random() * 99, 99), 100);
        await call.startScreenSharing(
          new window.rig.sdk.LocalVideoStream(canvas.captureStream(10)),
        );
      });
    await share(alice);
    await alice.hears('shares');
    await share(bob);
    await alice.hears('shares no more');
    expect(await bob.do((call) => call.isScreenSharingOn)).toBe(true);
  });

  test('the other one is transferred, sees the third, and the first is out of it', async () => {
    const [alice, bob] = await talk();
    const carol = await phone('Carol');
    await alice.do((call, communicationUserId) => {
      const transfer = call
        .feature(window.rig.sdk.Features.Transfer)
        .transfer({ targetParticipant: { communicationUserId } });
      transfer.on('stateChanged', () => window.phone.news.push(transfer.state));
    }, carol.user.userId);
    await carol.accept();
    await alice.hears('Transferred');
    expect(await alice.ended()).toBe('0/7015');
    await Promise.all([bob.is('Connected'), carol.is('Connected')]);
    await Promise.all([bob.watches(), carol.watches()]);
    expect(await bob.page.evaluate(() => window.phone.agent.calls.length)).toBe(1);
  });

  test('a transfer that is declined leaves the call as it was', async () => {
    const [alice, bob] = await talk();
    const carol = await phone('Carol');
    await alice.do((call, communicationUserId) => {
      const transfer = call
        .feature(window.rig.sdk.Features.Transfer)
        .transfer({ targetParticipant: { communicationUserId } });
      transfer.on('stateChanged', () => window.phone.news.push(transfer.state));
    }, carol.user.userId);
    await carol.reject();
    await alice.hears('Failed');
    await alice.is('Connected');
    await alice.watches();
    expect(await bob.page.evaluate(() => window.phone.agent.calls.length)).toBe(1);
  });

  test('newcomers wait in the lobby until they are let in, or not', async () => {
    const groupId = crypto.randomUUID();
    const alice = await phone('Alice');
    await alice.join(groupId);
    await alice.is('Connected');
    await alice.do((call) => call.lobby.turn(true));
    const [bob, carol] = await Promise.all([phone('Bob'), phone('Carol')]);
    await Promise.all([bob.join(groupId), carol.join(groupId)]);
    await Promise.all([bob.is('InLobby'), carol.is('InLobby')]);
    await until('both wait', () => alice.do((call) => call.lobby.participants.length === 2));
    await alice.do((call, id) => call.lobby.admit({ communicationUserId: id }), bob.user.userId);
    await alice.do((call, id) => call.lobby.reject({ communicationUserId: id }), carol.user.userId);
    await bob.is('Connected');
    expect(await carol.ended()).toBe('403/5854');
    await Promise.all([alice.watches(), bob.watches()]);
    expect(await alice.do((call) => call.lobby.participants.length)).toBe(0);
  });

  test('a new way is found for media while the old one goes on', async () => {
    const [alice, bob] = await talk();
    const names = (): Promise<string[]> =>
      alice.page.evaluate(() =>
        window.rig.peers.map(
          (peer) => /a=ice-ufrag:(\S+)/.exec(peer.localDescription?.sdp ?? '')?.[1] ?? '',
        ),
      );
    const before = await names();
    const gap = await bob.longestGap(async () => {
      await alice.page.evaluate(() => window.dispatchEvent(new Event('online')));
      await until('other credentials', async () => {
        const after = await names();
        return after.every((name, index) => name !== before[index]);
      });
      await sleep(1_500);
    });
    expect(gap).toBeLessThan(GAP_MS);
    await Promise.all([alice.watches(), bob.watches()]);
  });
});
