import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { CommunicationServicesError, ErrorSubCode } from '../sdk/errors';
import type { SignalingListener } from '../sdk/signaling/SignalingConnection';
import { SignalingConnection, SUBPROTOCOL } from '../sdk/signaling/SignalingConnection';
import { FakeSocket, settle } from './fakes';

const GREETING = {
  url: 'wss://host/calling/v1',
  token: 'secret',
  displayName: 'Kim',
  sdkName: 'sdk',
  sdkVersion: '1.2.3',
};
const PING = { case: 'ping', value: { $typeName: 'vaxel.signaling.v1.Ping' } } as const;
const PONG = { case: 'pong', value: { $typeName: 'vaxel.signaling.v1.Pong' } } as const;

function error(code: number, subCode: number) {
  return {
    case: 'error',
    value: { $typeName: 'vaxel.signaling.v1.Error', code, subCode, message: 'no' },
  } as const;
}

function speakers(...participantIds: string[]) {
  return {
    case: 'activeSpeakers',
    value: { $typeName: 'vaxel.signaling.v1.ActiveSpeakers', participantIds },
  } as const;
}

async function connect(): Promise<{ connection: SignalingConnection; socket: FakeSocket }> {
  const opening = SignalingConnection.open(GREETING);
  const socket = FakeSocket.last;
  socket.open();
  await settle();
  socket.answer({
    case: 'welcome',
    value: {
      $typeName: 'vaxel.signaling.v1.Welcome',
      userId: '8:acs:r_u',
      connectionId: 'c',
      serverVersion: '1',
      sdkSunset: '',
      pingIntervalMs: 1000,
    },
  });
  return { connection: await opening, socket };
}

function listener() {
  return {
    received: vi.fn<SignalingListener['received']>(),
    lost: vi.fn<SignalingListener['lost']>(),
  };
}

describe('SignalingConnection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('greets with the token before anything else', async () => {
    const { connection, socket } = await connect();
    expect(socket.protocol).toBe(SUBPROTOCOL);
    expect(socket.sent[0]?.body).toMatchObject({
      case: 'hello',
      value: { token: 'secret', sdkName: 'sdk', sdkVersion: '1.2.3', displayName: 'Kim' },
    });
    expect(connection.userId).toBe('8:acs:r_u');
  });

  test('a refused token rejects with what the server said', async () => {
    const opening = SignalingConnection.open(GREETING);
    const refusal = expect(opening).rejects.toMatchObject({ code: 401, subCode: 2 });
    FakeSocket.last.open();
    await settle();
    FakeSocket.last.answer(error(401, 2));
    await refusal;
    expect(FakeSocket.last.readyState).toBe(3);
  });

  test('a server that is not there rejects with 503', async () => {
    const opening = SignalingConnection.open(GREETING);
    const refusal = expect(opening).rejects.toMatchObject({
      code: 503,
      subCode: ErrorSubCode.ConnectionFailed,
    });
    FakeSocket.last.drop('');
    await refusal;
  });

  test('a server that never greets is given up', async () => {
    const opening = SignalingConnection.open(GREETING);
    const refusal = expect(opening).rejects.toBeInstanceOf(CommunicationServicesError);
    FakeSocket.last.open();
    await vi.advanceTimersByTimeAsync(15_000);
    await refusal;
  });

  test('answers find their requests whatever their order', async () => {
    const { connection, socket } = await connect();
    const first = connection.request(PING, 'pong');
    const second = connection.request(PING, 'pong');
    const ids = socket.sent.slice(-2).map(({ requestId }) => requestId);
    expect(new Set(ids).size).toBe(2);
    const refused = expect(second).rejects.toMatchObject({ code: 404, subCode: 7 });
    socket.answer(error(404, 7), ids[1]);
    socket.answer(PONG, ids[0]);
    await expect(first).resolves.toBeDefined();
    await refused;
  });

  test('an answer of another kind than expected is an error', async () => {
    const { connection, socket } = await connect();
    const request = connection.request(PING, 'joined');
    const refused = expect(request).rejects.toMatchObject({ code: 500 });
    socket.answer(PONG);
    await refused;
  });

  test('a request without an answer ends after its time, and a late answer is ignored', async () => {
    const { connection, socket } = await connect();
    const request = connection.request(PING, 'pong', 500);
    const refused = expect(request).rejects.toMatchObject({
      code: 408,
      subCode: ErrorSubCode.RequestTimedOut,
    });
    const { requestId } = socket.sent.at(-1) ?? {};
    await vi.advanceTimersByTimeAsync(500);
    await refused;
    socket.answer(PONG, requestId);
    expect(connection.isClosed).toBe(false);
  });

  test('messages of the server reach the listener in their order', async () => {
    const { connection, socket } = await connect();
    const heard = listener();
    connection.listener = heard;
    socket.tell(speakers('a'));
    socket.tell(speakers('b'));
    const order = heard.received.mock.calls.map(
      ([body]) => (body as ReturnType<typeof speakers>).value.participantIds[0],
    );
    expect(order).toEqual(['a', 'b']);
  });

  test('pings when it has nothing else to say', async () => {
    const { connection, socket } = await connect();
    await vi.advanceTimersByTimeAsync(1000); // the greeting counts for the first interval
    const quiet = socket.kinds().filter((kind) => kind === 'ping').length;
    await vi.advanceTimersByTimeAsync(1000);
    expect(socket.kinds().filter((kind) => kind === 'ping').length).toBe(quiet + 1);
    connection.close();
    await vi.advanceTimersByTimeAsync(5000);
    expect(socket.kinds().filter((kind) => kind === 'ping').length).toBe(quiet + 1);
  });

  test('a server that has gone silent is lost, and waiting requests are rejected', async () => {
    const { connection } = await connect();
    const heard = listener();
    connection.listener = heard;
    const request = connection.request(PING, 'pong', 60_000);
    const refused = expect(request).rejects.toMatchObject({ subCode: ErrorSubCode.ConnectionLost });
    await vi.advanceTimersByTimeAsync(4000);
    await refused;
    expect(heard.lost).toHaveBeenCalledOnce();
  });

  test('a parting error of the server is the reason of the loss', async () => {
    const { connection, socket } = await connect();
    const heard = listener();
    connection.listener = heard;
    socket.tell(error(401, 3));
    socket.drop('');
    expect(heard.lost.mock.calls[0]?.[0]).toMatchObject({ code: 401, subCode: 3 });
  });

  test('bytes that are no message end the connection', async () => {
    const { connection, socket } = await connect();
    const heard = listener();
    connection.listener = heard;
    socket.receive(new Uint8Array([0xff, 0xff, 0xff]).buffer);
    expect(heard.lost).toHaveBeenCalledOnce();
    expect(socket.readyState).toBe(3);
  });

  test('gives the server a newer token before the old one expires', async () => {
    const { connection, socket } = await connect();
    const hour = 3_600_000;
    const expires = Date.now() + hour;
    const getToken = vi.fn(() =>
      Promise.resolve({ token: 'newer', expiresOnTimestamp: expires + hour }),
    );
    connection.keepFresh(expires, getToken);
    // The server's silence would end the connection before.
    const alive = setInterval(() => {
      socket.tell(speakers());
    }, 500);
    await vi.advanceTimersByTimeAsync(hour - 121_000);
    expect(getToken).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(socket.sent.find(({ body }) => body.case === 'renewToken')?.body.value).toMatchObject({
      token: 'newer',
    });
    clearInterval(alive);
    connection.close();
  });

  test('closing says nothing to the listener', async () => {
    const { connection } = await connect();
    const heard = listener();
    connection.listener = heard;
    connection.close();
    expect(heard.lost).not.toHaveBeenCalled();
    await expect(connection.request(PING, 'pong')).rejects.toMatchObject({ code: 490 });
  });

  test('requests that wait are bounded', async () => {
    const { connection } = await connect();
    const waiting = Array.from({ length: 64 }, () => connection.request(PING, 'pong'));
    const settled = Promise.allSettled(waiting);
    await expect(connection.request(PING, 'pong')).rejects.toMatchObject({ code: 409 });
    connection.close();
    expect((await settled).every(({ status }) => status === 'rejected')).toBe(true);
  });
});
