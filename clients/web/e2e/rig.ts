import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { build } from 'vite';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DIST = join(HERE, '..', 'dist');

/** Where tests leave pictures and made-up media. */
export const OUTPUT = join(HERE, 'output');

/** The Chromium to test with; undefined when there is none, and browser tests are then skipped by name. */
export const CHROMIUM = [
  process.env.VAXEL_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

/** The origin of pages that no server serves. */
export const ORIGIN = 'http://localhost:4443';

/** Starts a browser whose microphone says a tone of this frequency, in hertz. */
export async function launch(
  tone: number,
  options: { executable?: string } = {},
): Promise<Browser> {
  const file = await toneFile(tone);
  return chromium.launch({
    executablePath: options.executable ?? CHROMIUM ?? '',
    headless: true,
    args: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${file}`,
      '--autoplay-policy=no-user-gesture-required',
      '--disable-gpu',
      '--mute-audio',
      '--allow-loopback-in-peer-connection',
    ],
  });
}

/** A WAV file with ten seconds of a sine. */
async function toneFile(frequency: number): Promise<string> {
  await mkdir(OUTPUT, { recursive: true });
  const path = join(OUTPUT, `tone-${String(frequency)}.wav`);
  const rate = 48_000;
  const count = rate * 10;
  const wav = Buffer.alloc(44 + count * 2);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count * 2, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(rate, 24);
  wav.writeUInt32LE(rate * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count * 2, 40);
  for (let i = 0; i < count; i++) {
    wav.writeInt16LE(
      Math.round(16_000 * Math.sin((2 * Math.PI * frequency * i) / rate)),
      44 + i * 2,
    );
  }
  await writeFile(path, wav);
  return path;
}

const TYPES: Record<string, string> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  map: 'application/json',
};

/** Serves what was built to the pages of a context, as the server would, without one. */
export async function serveBuilt(context: BrowserContext): Promise<void> {
  await context.route(`${ORIGIN}/**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/blank') {
      await route.fulfill({
        contentType: 'text/html',
        body: '<!doctype html><title>Blank</title>',
      });
      return;
    }
    const path = join(DIST, pathname.endsWith('/') ? `${pathname}index.html` : pathname);
    const contentType = TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain';
    await (existsSync(path)
      ? route.fulfill({ contentType, body: await readFile(path) })
      : route.fulfill({ status: 404, body: 'Not found' }));
  });
}

let hubScript: Promise<string> | undefined;

/** Puts the hub into every page of a context, in place of the WebSocket. */
export async function installHub(context: BrowserContext): Promise<void> {
  hubScript ??= buildHub();
  await context.addInitScript({ content: await hubScript });
}

async function buildHub(): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      target: 'es2022',
      lib: {
        entry: join(HERE, 'hub/install.ts'),
        formats: ['iife'],
        name: 'hubScript',
        fileName: () => 'hub.js',
      },
    },
  });
  return readFile(join(OUTPUT, 'hub.js'), 'utf8');
}

/** Waits until something in the page is true, or fails with what was waited for. */
export async function until(
  what: string,
  probe: () => Promise<boolean>,
  timeoutMs = 45_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await probe())) {
    if (Date.now() > deadline) {
      throw new Error(`Waited ${String(timeoutMs / 1000)} s in vain for: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A picture of the page, for people to look at. */
export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(OUTPUT, { recursive: true });
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}
