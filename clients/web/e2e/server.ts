import type { ChildProcess } from 'node:child_process';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const START_MS = 60_000;
const STOP_MS = 20_000;

/** Why no server can be started, or undefined. */
export const NO_SERVER = existsSync(join(ROOT, 'server/target/lib'))
  ? undefined
  : 'the server is not built: ./vaxel serve --help builds it';

/** For the name of what is left out: a silent skip would hide a broken installation. */
export function because(reason: string | undefined): string {
  return reason === undefined ? '' : ` (left out: ${reason})`;
}

export interface ServerOptions {
  /** Media over UDP as well as over TCP; true unless told. */
  udp?: boolean;
  /** The only address to be told to browsers, instead of loopback. */
  address?: string;
  /** The network namespace to run in. */
  namespace?: string;
  /** More lines of its configuration. */
  settings?: string[];
}

/** A server of our own, in a folder that goes with it. */
export class Server {
  private constructor(
    /** Where pages find it, such as http://127.0.0.1:40123 or https://10.77.0.1:40123. */
    readonly origin: string,
    private process: ChildProcess,
    private readonly folder: string,
    private readonly options: ServerOptions,
  ) {}

  /** Starts one on free ports, in development mode; it is ready when this returns. */
  static async start(options: ServerOptions = {}): Promise<Server> {
    const folder = await mkdtemp(join(tmpdir(), 'vaxel-e2e-'));
    try {
      const { process, port } = await run(folder, options, '0');
      const origin =
        options.address === undefined
          ? `http://127.0.0.1:${port}`
          : `https://${options.address}:${port}`;
      return new Server(origin, process, folder, options);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Stops it and starts it again, at the same address and with the same data. */
  async restart(): Promise<void> {
    await this.end();
    ({ process: this.process } = await run(this.folder, this.options, new URL(this.origin).port));
  }

  /** A token for a new user; asked for from the server's own machine, because only there it is given. */
  async token(): Promise<string> {
    return (await this.user()).token;
  }

  /** A new user and a token for them. */
  async user(): Promise<{ token: string; userId: string }> {
    const url = `http://127.0.0.1:${new URL(this.origin).port}/development/token`;
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    };
    if (this.options.namespace === undefined) {
      return userOf(await (await fetch(url, request)).text());
    }
    const [command, ...before] = within(this.options.namespace, process.execPath);
    const script = `fetch(${JSON.stringify(url)}, ${JSON.stringify(request)})
      .then((response) => response.text()).then((text) => process.stdout.write(text))`;
    const { stdout } = await promisify(execFile)(command, [...before, '-e', script], {
      timeout: START_MS,
    });
    return userOf(stdout);
  }

  async stop(): Promise<void> {
    await this.end();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async end(): Promise<void> {
    if (this.process.exitCode === null) {
      const exit = once(this.process, 'exit');
      this.process.kill('SIGTERM');
      const timer = setTimeout(() => this.process.kill('SIGKILL'), STOP_MS);
      await exit;
      clearTimeout(timer);
    }
  }
}

/** Runs a server on this port, or on a free one for 0. @throws Error with the end of its log when it does not start */
async function run(
  folder: string,
  options: ServerOptions,
  port: string,
): Promise<{ process: ChildProcess; port: string }> {
  const config = join(folder, 'config.yaml');
  const address = options.address ?? '127.0.0.1';
  await writeFile(
    config,
    [
      `data: ${join(folder, 'data')}`,
      'development: true',
      `http: { port: ${port} }`,
      'admin: { port: 0 }',
      `media: { port: 0, udp: ${String(options.udp ?? true)}, advertise: ["${address}"] }`,
      `public: { advertise: ["${address}"] }`,
      ...(options.settings ?? []),
    ].join('\n'),
  );
  const [command, ...before] = within(options.namespace, join(ROOT, 'vaxel'));
  const server = spawn(command, [...before, 'serve', '--json', '--config', config], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VAXEL_NO_BUILD: '1' },
  });
  const log: string[] = [];
  createInterface({ input: server.stderr }).on('line', (line) => {
    log.push(line);
    log.splice(0, log.length - 20);
  });
  try {
    const { demo } = JSON.parse(await firstLine(server)) as { demo: string };
    return { process: server, port: new URL(demo).port };
  } catch (error) {
    server.kill('SIGKILL');
    throw new Error(`The server did not start: ${String(error)}\n${log.join('\n')}`);
  }
}

function userOf(answer: string): { token: string; userId: string } {
  return JSON.parse(answer) as { token: string; userId: string };
}

/** The command that runs another one in a network namespace; just that one outside of any. */
export function within(namespace: string | undefined, command: string): [string, ...string[]] {
  return namespace === undefined
    ? [command]
    : ['/usr/sbin/ip', 'netns', 'exec', namespace, command];
}

/** The first line that a program writes. @throws Error when it ends, or says nothing for a minute */
function firstLine(program: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`silent for ${String(START_MS / 1000)} s`));
    }, START_MS);
    program.once('error', reject);
    program.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`it ended with ${String(code)}`));
    });
    if (program.stdout !== null) {
      createInterface({ input: program.stdout }).once('line', (line) => {
        clearTimeout(timer);
        resolve(line);
      });
    }
  });
}
