import type {
  AzureCommunicationTokenCredential,
  CommunicationIdentifierKind as AzureIdentifierKind,
} from '@azure/communication-common';
import { describe, expect, expectTypeOf, test, vi } from 'vitest';

import type { CommunicationTokenCredential } from '../sdk/credential';
import { issuerOf } from '../sdk/credential';
import { deviceError, ErrorSubCode } from '../sdk/errors';
import { Emitter } from '../sdk/events';
import type { CommunicationIdentifierKind } from '../sdk/identifiers';
import { identifierFromRawId } from '../sdk/identifiers';
import { SerialQueue } from '../sdk/media/SerialQueue';
import { signalingUrl } from '../sdk/signaling/endpoint';

function token(claims: object): string {
  return `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;
}

describe('identifierFromRawId', () => {
  test.each([
    ['8:acs:r_u', { kind: 'communicationUser', communicationUserId: '8:acs:r_u' }],
    ['8:spool:r_u', { kind: 'communicationUser', communicationUserId: '8:spool:r_u' }],
    [
      '4:+46701234567',
      { kind: 'phoneNumber', phoneNumber: '+46701234567', rawId: '4:+46701234567' },
    ],
    ['8:orgid:x', { kind: 'unknown', id: '8:orgid:x' }],
    ['8:acs:', { kind: 'unknown', id: '8:acs:' }],
    ['4:', { kind: 'unknown', id: '4:' }],
    ['', { kind: 'unknown', id: '' }],
  ])('%s', (rawId, identifier) => {
    expect(identifierFromRawId(rawId)).toEqual(identifier);
  });

  test('is what the ACS packages take', () => {
    expectTypeOf<CommunicationIdentifierKind>().toExtend<AzureIdentifierKind>();
    expectTypeOf<AzureCommunicationTokenCredential>().toExtend<CommunicationTokenCredential>();
  });
});

describe('the server', () => {
  const moduleUrl = 'https://cdn.example:8443/sdk/calling.js';
  const issued = token({ iss: 'https://issuer.example:8443/' });

  test.each([
    ['https://a.example', issued, 'wss://a.example/calling/v1'],
    ['https://a.example:8443/x/', issued, 'wss://a.example:8443/calling/v1'],
    [undefined, issued, 'wss://issuer.example:8443/calling/v1'],
    [undefined, token({ iss: 'somebody' }), 'wss://cdn.example:8443/calling/v1'],
    [undefined, 'no token', 'wss://cdn.example:8443/calling/v1'],
    ['http://localhost:8443', issued, 'ws://localhost:8443/calling/v1'],
    ['http://127.0.0.1:8443', issued, 'ws://127.0.0.1:8443/calling/v1'],
    ['http://[::1]:8443', issued, 'ws://[::1]:8443/calling/v1'],
  ])('configured %s', (configured, userToken, url) => {
    expect(signalingUrl({ configured, token: userToken, moduleUrl })).toBe(url);
  });

  test.each(['http://a.example', 'ftp://a.example', 'a.example', '', 'http://127.evil.example'])(
    'is refused as %s',
    (configured) => {
      expect(() => signalingUrl({ configured, token: issued, moduleUrl })).toThrow(
        expect.objectContaining({ code: 400, subCode: ErrorSubCode.InvalidArgument }),
      );
    },
  );

  test('an issuer with letters outside ASCII is read right', () => {
    expect(issuerOf(token({ iss: 'https://växel.example' }))).toBe('https://växel.example');
  });
});

describe('Emitter', () => {
  test('a listener that throws does not keep the others from running', async () => {
    const emitter = new Emitter<{ event: (value: number) => void }>();
    const heard = vi.fn();
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve));
    emitter.on('event', () => {
      throw new Error('mine');
    });
    emitter.on('event', heard);
    emitter.emit('event', 7);
    expect(heard).toHaveBeenCalledWith(7);
    expect(await uncaught).toMatchObject({ message: 'mine' });
  });

  test('a listener that was taken off is silent, also when taken off by another', () => {
    const emitter = new Emitter<{ event: () => void }>();
    const heard = vi.fn();
    emitter.on('event', heard);
    emitter.on('event', heard);
    emitter.emit('event');
    emitter.off('event', heard);
    emitter.emit('event');
    expect(heard).toHaveBeenCalledOnce();
  });
});

describe('SerialQueue', () => {
  test('runs jobs in order, each after the one before has ended', async () => {
    const queue = new SerialQueue();
    const log: string[] = [];
    const job = (name: string) => async (): Promise<void> => {
      log.push(`${name} begins`);
      await Promise.resolve();
      log.push(`${name} ends`);
    };
    await Promise.all([queue.run(job('a')), queue.run(job('b'))]);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
  });

  test('a job that fails does not stop the next', async () => {
    const queue = new SerialQueue();
    const failing = queue.run(() => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    await expect(queue.run(() => Promise.resolve(1))).resolves.toBe(1);
  });
});

describe('deviceError', () => {
  test.each([
    ['NotAllowedError', 403, ErrorSubCode.DeviceRefused],
    ['NotFoundError', 404, ErrorSubCode.DeviceAbsent],
    ['OverconstrainedError', 404, ErrorSubCode.DeviceAbsent],
    ['NotReadableError', 409, ErrorSubCode.DeviceInUse],
    ['TypeError', 500, ErrorSubCode.DeviceFailed],
  ])('%s', (name, code, subCode) => {
    const cause = Object.assign(new Error(), { name });
    expect(deviceError('camera', cause)).toMatchObject({ code, subCode, cause });
  });
});

test('objects of the SDK work from within a proxy, and with members taken off', () => {
  class Counter extends Emitter<{ changed: () => void }> {
    #count = 0;

    get count(): number {
      return this.#count;
    }

    add(): void {
      this.#count++;
      this.emit('changed');
    }
  }
  class Doubled extends Counter {
    override add(): void {
      super.add();
      super.add();
    }
  }
  const inside = new Doubled();
  const proxy = new Proxy(inside, {});
  const changed = vi.fn();
  proxy.on('changed', changed);
  proxy.add();
  const takenOff: unknown = Reflect.get(proxy, 'add');
  (takenOff as () => void)();
  expect(proxy.count).toBe(4);
  expect(changed).toHaveBeenCalledTimes(4);
});
