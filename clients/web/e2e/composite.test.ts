import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { build } from 'vite';

import { openParticipant } from './participant';
import { CHROMIUM, launch, picture, until } from './rig';
import { because, NO_SERVER, Server } from './server';

const FOLDER = fileURLToPath(new URL('composite/', import.meta.url));
const NOT_INSTALLED = existsSync(join(FOLDER, 'node_modules/@azure/communication-react'))
  ? undefined
  : 'the composite is not installed: npm install in e2e/composite';
const SKIPPED =
  NO_SERVER ?? NOT_INSTALLED ?? (CHROMIUM === undefined ? 'Chromium is missing' : undefined);

/** Serves what was built. A page that came from nowhere would not be let connect to this machine. */
const pages = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const path = join(FOLDER, 'dist', pathname === '/' ? 'index.html' : pathname);
  readFile(path).then(
    (body) => {
      const type = path.endsWith('.html') ? 'text/html' : 'text/javascript';
      response.writeHead(200, { 'content-type': type }).end(body);
    },
    () => response.writeHead(404).end(),
  );
});

/** What the user id in a token is, as the composite wants to be told. */
function userOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  return `8:${(JSON.parse(payload) as { skypeid: string }).skypeid}`;
}

describe.skipIf(SKIPPED !== undefined)(
  `the composite of ACS on this SDK${because(SKIPPED)}`,
  () => {
    let server: Server;
    let browser: Browser;
    let context: BrowserContext;
    const errors: string[] = [];

    beforeAll(async () => {
      await build({ configFile: join(FOLDER, 'vite.config.ts') });
      server = await Server.start();
      browser = await launch(440);
      context = await browser.newContext({ ignoreHTTPSErrors: true });
      await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    });
    afterAll(async () => {
      await browser.close();
      pages.close();
      await server.stop();
    });

    async function openComposite(group: string, name: string): Promise<Page> {
      const token = await server.token();
      const page = await context.newPage();
      page.on('pageerror', (error) => errors.push(error.message));
      const { port } = pages.address() as AddressInfo;
      const query = new URLSearchParams({ group, name, token, user: userOf(token) });
      await page.goto(`http://127.0.0.1:${String(port)}/?${query.toString()}`);
      return page;
    }

    test('it joins a group call, shows the other one, and leaves', async () => {
      const group = crypto.randomUUID();
      const other = await openParticipant(await context.newPage(), server, 'Lo');
      await other.join(group, { camera: true });

      const page = await openComposite(group, 'Kim');
      await page.getByRole('button', { name: 'Start call' }).click();
      await until('a moving picture of the other one', () =>
        page.evaluate(() =>
          [...document.querySelectorAll('video')].some(
            (video) =>
              video.videoWidth > 0 && video.getVideoPlaybackQuality().totalVideoFrames > 10,
          ),
        ),
      );
      await page.getByText('Lo', { exact: true }).first().waitFor();
      await until('the other one sees them too', async () => (await other.others()) === 1);
      await picture(page, 'composite');
      await page.getByRole('button', { name: 'Leave' }).first().click();
      // It asks whether to leave or to end the call for everybody, as the capability is there.
      await page
        .locator('[role=menuitem], [role=dialog] button')
        .filter({ hasText: /leave/i })
        .first()
        .click({ timeout: 10_000 });
      await until('the other one is alone', async () => (await other.others()) === 0);
      expect(errors).toEqual([]);
    });
  },
);
