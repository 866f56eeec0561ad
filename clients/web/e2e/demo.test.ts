import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import type { Pretended } from './hub/Hub';
import { CHROMIUM, installHub, launch, ORIGIN, picture, serveBuilt, until } from './rig';

const GROUP = '29228d3e-040e-4656-a70e-890ab4e173e5';
const PEOPLE: Pretended[] = [
  { name: 'Åsa Lindqvist', camera: '#2f6f8f', tone: 523 },
  { name: 'Bo Ek', tone: 660 },
  { name: 'Mira Hänninen', camera: '#8f5a2f' },
];

describe.skipIf(CHROMIUM === undefined)('demo page (without a server)', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    browser = await launch(440);
  });
  afterAll(() => browser.close());
  afterEach(() => context.close());

  async function open(options: {
    people?: Pretended[];
    token?: { status: number };
    dark?: boolean;
    phone?: boolean;
    before?: (page: Page) => Promise<unknown>;
  }): Promise<void> {
    context = await browser.newContext({
      colorScheme: options.dark === true ? 'dark' : 'light',
      viewport: options.phone === true ? { width: 390, height: 780 } : { width: 1200, height: 760 },
    });
    await serveBuilt(context);
    await installHub(context);
    await context.route(`${ORIGIN}/development/token`, (route) =>
      options.token === undefined
        ? route.fulfill({
            json: { userId: '8:acs:fixture_me', token: 'fine', expiresOn: '2999-01-01T00:00:00Z' },
          })
        : route.fulfill({ status: options.token.status, body: '' }),
    );
    page = await context.newPage();
    await page.addInitScript((people) => {
      window.hubPeople = people;
    }, options.people ?? []);
    await options.before?.(page);
    await page.goto(`${ORIGIN}/demo/?group=${GROUP}`);
  }

  async function join(): Promise<void> {
    await page.getByLabel('Your name').fill('Kim');
    await page.getByRole('button', { name: 'Join the call' }).click();
    await page.getByRole('heading', { name: 'In the call' }).waitFor();
  }

  test('says that it is in development mode, and shows a preview', async () => {
    await open({});
    await page.getByText('Development mode.').waitFor();
    await page.locator('.preview video').waitFor();
    expect(await page.getByLabel('Call', { exact: true }).inputValue()).toBe(GROUP);
    await until('a picture in the preview', () =>
      page.evaluate(() => (document.querySelector('video')?.videoWidth ?? 0) > 0),
    );
    await picture(page, 'lobby-light');
  });

  test('fits a phone in the dark', async () => {
    await open({ dark: true, phone: true });
    await page.locator('.preview video').waitFor();
    await picture(page, 'lobby-phone-dark');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('asks for a token where the server gives none', async () => {
    await open({ token: { status: 404 } });
    await page.getByLabel('Access token').waitFor();
    expect(await page.getByRole('button', { name: 'Join the call' }).isDisabled()).toBe(true);
    await picture(page, 'lobby-paste');
    await page.getByLabel('Your name').fill('Kim');
    await page.getByLabel('Access token').fill('expired');
    await page.getByRole('button', { name: 'Join the call' }).click();
    await page.getByText('did not accept the token').waitFor();
  });

  test.each([
    ['NotAllowedError', 'The camera is blocked'],
    ['NotFoundError', 'No camera was found'],
    ['NotReadableError', 'The camera is in use'],
  ])('says what to do on %s, and joins without it', async (name, title) => {
    await open({
      people: PEOPLE.slice(1, 2),
      before: (target) =>
        target.addInitScript((errorName) => {
          const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
          navigator.mediaDevices.getUserMedia = (constraints) =>
            constraints?.video === undefined
              ? open(constraints)
              : Promise.reject(new DOMException('', errorName));
        }, name),
    });
    await page.getByText(title).waitFor();
    await picture(page, `lobby-${name}`);
    await join();
    await page.getByRole('button', { name: 'Camera' }).click();
    await page.getByRole('alert').getByText(title).waitFor();
  });

  test('shows who is there, who speaks, who is muted and a shared screen', async () => {
    await open({ people: PEOPLE });
    await join();
    await until('pictures of everybody who sends one', () =>
      page.evaluate(
        () =>
          [...document.querySelectorAll('video')].filter((video) => video.videoWidth > 0).length ===
          3,
      ),
    );
    await page.evaluate(() => window.hub?.speak(['p1']));
    await page.locator('.tile.speaking', { hasText: 'Åsa Lindqvist' }).waitFor();
    await page.getByText('Muted: ').waitFor({ state: 'attached' });
    await picture(page, 'call-light');
    await page.evaluate(() => window.hub?.add({ name: 'Jo Park', screen: '#38405f', tone: 400 }));
    await page.getByRole('figure', { name: 'Screen of Jo Park' }).waitFor();
    await page.getByText('Jo Park is here').waitFor();
    await until('the picture of the screen', () =>
      page.evaluate(
        () => (document.querySelector<HTMLVideoElement>('.screen video')?.videoWidth ?? 0) > 0,
      ),
    );
    await picture(page, 'call-screen-light');
    await page.evaluate(() => window.hub?.remove('p1'));
    await page.getByText('Åsa Lindqvist has left').waitFor();
    expect(await page.locator('.tile').count()).toBe(4);
  });

  test('works by keyboard alone', async () => {
    await open({ people: PEOPLE, dark: true });
    await page.locator('.preview video').waitFor();
    await page.getByLabel('Your name').focus();
    await page.keyboard.type('Kim');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'In the call' }).waitFor();
    await page.keyboard.press('m');
    await page.locator('[aria-pressed=false]', { hasText: 'Mic' }).waitFor();
    await page.keyboard.press('c');
    await page.locator('[aria-pressed=false]', { hasText: 'Camera' }).waitFor();
    await page.keyboard.press('c');
    await page.locator('[aria-pressed=true]', { hasText: 'Camera' }).waitFor();
    await page.keyboard.press('s');
    await page.getByText('You share your screen').waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await picture(page, 'call-help-dark');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await picture(page, 'call-dark');
    await page.getByRole('button', { name: 'Leave' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You have left the call' }).waitFor();
    await page.keyboard.press('Enter'); // the focus is on "Join again"
    await page.locator('.preview video').waitFor();
  });

  test('fits a phone during a call', async () => {
    await open({ people: [...PEOPLE, { name: 'Jo', screen: '#38405f' }], phone: true });
    await join();
    await page.getByRole('figure').waitFor();
    await picture(page, 'call-phone');
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test('says why a call ended', async () => {
    await open({ people: PEOPLE });
    await join();
    await page.evaluate(() => {
      window.hub?.drop();
    });
    await page.getByText('The connection to the server was lost').waitFor();
    await picture(page, 'ended');
  });
});
