import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { CommunicationServicesError, ErrorSubCode } from '../sdk/errors';
import { PingSchema, PongSchema } from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import type { SignalingEvents } from '../sdk/signaling/SignalingConnection';
import { SignalingConnection } from '../sdk/signaling/SignalingConnection';
import { SUBPROTOCOL } from '../sdk/signaling/SignalingSocket';
import { FakeSocket, settle } from './fakes';

const getToken = vi.fn<() => Promise<{ token: string; expiresOnTimestamp: number }>>();
const OPTIONS = {
  getToken,
  address: () => 'wss://host/calling/v1',
  displayName: 'Kim',
  sdkName: 'sdk',
  sdkVersion: '1.2.3',
  receivesCalls: true,
};
const PING = { case: 'ping', value: create(PingSchema) } as const;
const PONG = { case: 'pong', value: create(PongSchema) } as const;

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

async function open(): Promise<{ opening: Promise<SignalingConnection>; socket: FakeSocket }> {
  const opening = SignalingConnection.open(OPTIONS);
  opening.catch(() => undefined);
  await settle();
  return { opening, socket: FakeSocket.last };
}

/** A connection that is up; with a session when the server names one. */
async function connect(
  resumeToken = '',
): Promise<{ connection: SignalingConnection; socket: FakeSocket }> {
  const { opening, socket } = await open();
  await socket.greet({ userId: '8:acs:r_u', pingIntervalMs: 1000, resumeToken });
  return { connection: await opening, socket };
}

function listen(connection: SignalingConnection) {
  const heard = {
    received: vi.fn<SignalingEvents['received']>(),
    interrupted: vi.fn<SignalingEvents['interrupted']>(),
    resumed: vi.fn<SignalingEvents['resumed']>(),
    lost: vi.fn<SignalingEvents['lost']>(),
  };
  connection.on('received', heard.received);
  connection.on('interrupted', heard.interrupted);
  connection.on('resumed', heard.resumed);
  connection.on('lost', heard.lost);
  return heard;
}

describe('SignalingConnection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    getToken.mockReset().mockResolvedValue({ token: 'secret', expiresOnTimestamp: 0 });
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
      value: {
        ...{ token: 'secret', sdkName: 'sdk', sdkVersion: '1.2.3', displayName: 'Kim' },
        ...{ resumable: true, receivesCalls: true, resumeToken: '', lastSequence: 0n },
      },
    });
    expect(connection.userId).toBe('8:acs:r_u');
  });

  test('a refused token rejects with what the server said', async () => {
    const { opening, socket } = await open();
    const refusal = expect(opening).rejects.toMatchObject({ code: 401, subCode: 2 });
    socket.open();
    await settle();
    socket.answer(error(401, 2));
    await refusal;
    expect(socket.readyState).toBe(3);
  });

  test('a server that is not there rejects with 503', async () => {
    const { opening, socket } = await open();
    const refusal = expect(opening).rejects.toMatchObject({
      code: 503,
      subCode: ErrorSubCode.ConnectionFailed,
    });
    socket.drop('');
    await refusal;
  });

  test('a server that never greets is given up', async () => {
    const { opening, socket } = await open();
    const refusal = expect(opening).rejects.toBeInstanceOf(CommunicationServicesError);
    socket.open();
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
    const heard = listen(connection);
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
    const heard = listen(connection);
    const request = connection.request(PING, 'pong', 60_000);
    const refused = expect(request).rejects.toMatchObject({ subCode: ErrorSubCode.ConnectionLost });
    await vi.advanceTimersByTimeAsync(4000);
    await refused;
    expect(heard.lost).toHaveBeenCalledOnce();
  });

  test('a parting error of the server is the reason of the loss', async () => {
    const { connection, socket } = await connect();
    const heard = listen(connection);
    socket.tell(error(401, 3));
    socket.drop('');
    expect(heard.lost.mock.calls[0]?.[0]).toMatchObject({ code: 401, subCode: 3 });
  });

  test('bytes that are no message end the connection', async () => {
    const { connection, socket } = await connect();
    const heard = listen(connection);
    socket.receive(new Uint8Array([0xff, 0xff, 0xff]).buffer);
    expect(heard.lost).toHaveBeenCalledOnce();
    expect(socket.readyState).toBe(3);
  });

  test('gives the server a newer token before the old one expires', async () => {
    const hour = 3_600_000;
    const expires = Date.now() + hour;
    getToken.mockResolvedValueOnce({ token: 'secret', expiresOnTimestamp: expires });
    getToken.mockResolvedValue({ token: 'newer', expiresOnTimestamp: expires + hour });
    const { connection, socket } = await connect();
    // The server's silence would end the connection before.
    const alive = setInterval(() => {
      socket.tell(speakers());
    }, 500);
    await vi.advanceTimersByTimeAsync(hour - 121_000);
    expect(getToken).toHaveBeenCalledOnce();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(socket.sent.find(({ body }) => body.case === 'renewToken')?.body.value).toMatchObject({
      token: 'newer',
    });
    clearInterval(alive);
    connection.close();
  });

  test('closing says nothing to the listener, and ends the session', async () => {
    const { connection, socket } = await connect();
    const heard = listen(connection);
    connection.close();
    expect(socket.closedWith).toBe(1000);
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

  describe('a session whose socket is lost', () => {
    /** Waits for the next attempt, and gives its socket. */
    async function nextSocket(): Promise<FakeSocket> {
      const before = FakeSocket.last;
      await vi.advanceTimersByTimeAsync(8_000);
      expect(FakeSocket.last).not.toBe(before);
      return FakeSocket.last;
    }

    test('goes on with another socket from where it was', async () => {
      const { connection, socket } = await connect('session');
      const heard = listen(connection);
      socket.tell(speakers('a'), 1n);
      socket.tell(speakers('b'), 2n);
      getToken.mockResolvedValue({ token: 'newer', expiresOnTimestamp: 0 });
      socket.drop('');
      expect(heard.interrupted).toHaveBeenCalledOnce();
      expect(connection.isInterrupted).toBe(true);
      const next = await nextSocket();
      await next.greet({ resumed: true, pingIntervalMs: 1000 });
      expect(next.sent[0]?.body.value).toMatchObject({
        token: 'newer',
        resumeToken: 'session',
        lastSequence: 2n,
      });
      expect(heard.resumed).toHaveBeenCalledOnce();
      expect(heard.lost).not.toHaveBeenCalled();
      expect(connection.isInterrupted).toBe(false);
    });

    test('takes each message once', async () => {
      const { connection, socket } = await connect('session');
      const heard = listen(connection);
      socket.tell(speakers('a'), 1n);
      socket.drop('');
      const next = await nextSocket();
      await next.greet({ resumed: true });
      next.tell(speakers('a'), 1n);
      next.tell(speakers('b'), 2n);
      expect(heard.received).toHaveBeenCalledTimes(2);
    });

    test('asks again what has no answer, with the same number, and nothing else', async () => {
      const { connection, socket } = await connect('session');
      const answered = connection.request(PING, 'pong');
      socket.answer(PONG);
      await answered;
      const open = connection.request(PING, 'pong');
      const { id } = socket.request('ping');
      socket.drop('');
      const later = connection.request(PING, 'pong'); // asked while there is no socket
      const next = await nextSocket();
      await next.greet({ resumed: true });
      const ids = next.sent.slice(1).map(({ requestId }) => requestId);
      expect(ids).toHaveLength(2);
      expect(ids[0]).toBe(id);
      next.answer(PONG, ids[0]);
      next.answer(PONG, ids[1]);
      await expect(open).resolves.toBeDefined();
      await expect(later).resolves.toBeDefined();
    });

    test("nobody's time runs out meanwhile", async () => {
      const { connection, socket } = await connect('session');
      const request = connection.request(PING, 'pong', 500);
      const settled = vi.fn();
      request.catch(settled);
      socket.drop('');
      const next = await nextSocket();
      expect(settled).not.toHaveBeenCalled();
      await next.greet({ resumed: true });
      await vi.advanceTimersByTimeAsync(500);
      expect(settled).toHaveBeenCalledOnce();
    });

    test('tries again and again, less often each time, until the server gives it up', async () => {
      const { connection, socket } = await connect('session');
      const heard = listen(connection);
      const sockets = new Set<FakeSocket>();
      socket.drop('');
      const times: number[] = [];
      for (let elapsed = 0; elapsed < 130_000; elapsed += 100) {
        await vi.advanceTimersByTimeAsync(100);
        if (!sockets.has(FakeSocket.last) && FakeSocket.last !== socket) {
          sockets.add(FakeSocket.last);
          times.push(elapsed);
        }
        FakeSocket.last.drop('');
      }
      expect(times[0]).toBeLessThan(300);
      expect(times.length).toBeGreaterThan(15);
      expect(times.length).toBeLessThan(45);
      expect(heard.lost).toHaveBeenCalledOnce();
      expect(heard.lost.mock.calls[0]?.[0]).toMatchObject({ code: 410, subCode: 301005 });
      expect(connection.isClosed).toBe(true);
    });

    test('is over when the server says so', async () => {
      const { connection, socket } = await connect('session');
      const heard = listen(connection);
      const request = connection.request(PING, 'pong');
      const refused = expect(request).rejects.toMatchObject({ code: 410 });
      socket.drop('');
      const next = await nextSocket();
      next.open();
      await settle();
      next.answer(error(410, 41001));
      await refused;
      expect(heard.lost.mock.calls[0]?.[0]).toMatchObject({ code: 410, subCode: 301005 });
      const last = FakeSocket.last;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(FakeSocket.last).toBe(last);
    });

    test('is over when the token is refused', async () => {
      const { connection, socket } = await connect('session');
      const heard = listen(connection);
      socket.tell(error(401, 40105));
      socket.drop('');
      expect(heard.interrupted).not.toHaveBeenCalled();
      expect(heard.lost.mock.calls[0]?.[0]).toMatchObject({ code: 401, subCode: 40105 });
      expect(connection.isClosed).toBe(true);
    });

    test('does not try any more once it is closed', async () => {
      const { connection, socket } = await connect('session');
      socket.drop('');
      connection.close();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(FakeSocket.last).toBe(socket);
    });

    test('tries at once when the network is back', async () => {
      const { socket } = await connect('session');
      socket.drop('');
      for (let attempt = 0; attempt < 8; attempt++) {
        (await nextSocket()).drop('');
        await settle();
      }
      const before = FakeSocket.last;
      window.dispatchEvent(new Event('online'));
      await settle();
      expect(FakeSocket.last).not.toBe(before);
    });
  });

  test('tells the server now and then what has arrived', async () => {
    const { connection, socket } = await connect('session');
    for (let sequence = 1n; sequence <= 40n; sequence++) {
      socket.tell(speakers('a'), sequence);
    }
    expect(socket.sent.at(-1)).toMatchObject({ acknowledged: 32n, body: { case: 'ping' } });
    void connection.request(PING, 'pong').catch(() => undefined);
    expect(socket.sent.at(-1)?.acknowledged).toBe(40n);
    connection.close();
  });

  test('a page that comes back from a suspension looks at once whether the server is there', async () => {
    const { connection, socket } = await connect('session');
    const heard = listen(connection);
    document.dispatchEvent(new Event('resume'));
    expect(socket.sent.at(-1)?.body.case).toBe('ping');
    socket.answer(PONG);
    await vi.advanceTimersByTimeAsync(900);
    expect(heard.interrupted).not.toHaveBeenCalled();
    document.dispatchEvent(new Event('visibilitychange'));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(heard.interrupted).toHaveBeenCalledOnce();
    expect(socket.closedWith).toBe(4000); // the session waits at the server
    connection.close();
  });
});
