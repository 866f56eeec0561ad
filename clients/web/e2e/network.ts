import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { CHROMIUM, OUTPUT } from './rig';
import { NO_SERVER } from './server';

const TARGET = fileURLToPath(new URL('../../../benchmarks/target', import.meta.url));
const READY_MS = 60_000;

/** Why there can be no bad links on this machine, or undefined. */
export const NO_NETWORK =
  NO_SERVER ??
  (process.getuid?.() !== 0
    ? 'network namespaces need root'
    : !existsSync('/usr/sbin/ip') || !existsSync('/dev/net/tun')
      ? 'network namespaces need iproute2 and /dev/net/tun'
      : undefined);

/** The first IPv4 address of this machine that other machines could reach, if it has one. */
export function ownAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
}

/** A namespace at the end of an emulated link. */
export interface Place {
  namespace: string;
  address: string;
}

/** Two namespaces with the project's link emulator between them. */
export class Network {
  private constructor(
    private readonly emulator: ChildProcess,
    readonly server: Place,
    readonly browser: Place,
  ) {}

  /** Lets each way lose so many of a hundred packets. */
  static async open(lossPercent: number): Promise<Network> {
    const jar = readdirSync(TARGET).find((name) =>
      /^vaxel-benchmarks-[^-]*(-SNAPSHOT)?\.jar$/.test(name),
    );
    const java = process.env.JAVA_HOME === undefined ? 'java' : `${process.env.JAVA_HOME}/bin/java`;
    const emulator = spawn(
      java,
      [
        '--enable-native-access=ALL-UNNAMED',
        '-cp',
        `${join(TARGET, jar ?? '')}:${TARGET}/lib/*`,
        'io.vaxel.benchmarks.net.LinkEmulatorMain',
        '--namespaces=server,browser',
        `--subnet=${String(process.pid % 256)}`,
        `--loss=${String(lossPercent)}`,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'] },
    );
    const places = new Map<string, Place>();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error('The link emulator did not become ready'));
      }, READY_MS);
      emulator.once('exit', (code) => {
        reject(new Error(`The link emulator ended with ${String(code)}`));
      });
      createInterface({ input: emulator.stdout }).on('line', (line) => {
        const [word, label = '', namespace = '', address = ''] = line.split(' ');
        if (word === 'namespace') {
          places.set(label, { namespace, address });
        } else if (word === 'ready') {
          clearTimeout(timer);
          resolve();
        }
      });
    });
    const server = places.get('server');
    const browser = places.get('browser');
    if (server === undefined || browser === undefined) {
      throw new Error('The link emulator made other namespaces than asked for');
    }
    return new Network(emulator, server, browser);
  }

  /** A Chromium that lives in the browser's namespace; the test drives it from outside. */
  async chromium(): Promise<string> {
    await mkdir(OUTPUT, { recursive: true });
    const path = join(OUTPUT, `chromium-in-${this.browser.namespace}`);
    const command = `exec /usr/sbin/ip netns exec ${this.browser.namespace} ${CHROMIUM ?? ''} "$@"`;
    await writeFile(path, `#!/bin/sh\n${command}\n`);
    await chmod(path, 0o755);
    return path;
  }

  /** Removes the namespaces. */
  async close(): Promise<void> {
    if (this.emulator.exitCode === null) {
      const exit = once(this.emulator, 'exit');
      this.emulator.stdin?.end();
      const timer = setTimeout(() => this.emulator.kill('SIGKILL'), 20_000);
      await exit;
      clearTimeout(timer);
    }
  }
}
