import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { LocalSource } from '../sdk/devices/LocalSource';
import { FakeStream, FakeTrack } from './fakes';

describe('LocalSource', () => {
  const getUserMedia = vi.fn<(constraints: MediaStreamConstraints) => Promise<FakeStream>>();

  beforeEach(() => {
    vi.stubGlobal('MediaStream', FakeStream);
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    getUserMedia.mockImplementation(() =>
      Promise.resolve(new FakeStream([new FakeTrack('video')])),
    );
  });
  afterEach(() => {
    vi.resetAllMocks();
    vi.unstubAllGlobals();
  });

  function tracksOf(stream: MediaStream): FakeTrack[] {
    return (stream as unknown as FakeStream).tracks;
  }

  test('opens the device once for all, and closes it after the last', async () => {
    const source = new LocalSource('camera', { video: true });
    expect(getUserMedia).not.toHaveBeenCalled();
    const [one, two] = await Promise.all([source.acquire(), source.acquire()]);
    expect(getUserMedia).toHaveBeenCalledOnce();
    expect(one.stream).toBe(two.stream);
    one.release();
    one.release();
    await Promise.resolve();
    expect(tracksOf(one.stream)[0]?.stopped).toBe(false);
    two.release();
    await Promise.resolve();
    expect(tracksOf(one.stream)[0]?.stopped).toBe(true);
  });

  test('a device that could not be opened is tried again', async () => {
    const source = new LocalSource('camera', { video: true });
    getUserMedia.mockRejectedValueOnce(new DOMException('', 'NotReadableError'));
    await expect(source.acquire()).rejects.toMatchObject({ code: 409 });
    await expect(source.acquire()).resolves.toBeDefined();
  });

  test('a page without access to devices is told that it was refused', async () => {
    vi.stubGlobal('navigator', {});
    await expect(new LocalSource('camera', { video: true }).acquire()).rejects.toMatchObject({
      code: 403,
    });
  });

  test('switching gives everybody the other device, and closes the first', async () => {
    const source = new LocalSource('camera', { video: true });
    const lease = await source.acquire();
    const replaced = vi.fn();
    source.on('replaced', replaced);
    await source.switchTo({ video: { deviceId: 'other' } });
    const next = replaced.mock.calls[0]?.[0] as MediaStream;
    expect(next).not.toBe(lease.stream);
    expect(tracksOf(lease.stream)[0]?.stopped).toBe(true);
    expect(tracksOf(next)[0]?.stopped).toBe(false);
    lease.release();
    await Promise.resolve();
    expect(tracksOf(next)[0]?.stopped).toBe(true);
  });

  test('a switch that fails changes nothing', async () => {
    const source = new LocalSource('camera', { video: true });
    const lease = await source.acquire();
    getUserMedia.mockRejectedValueOnce(new DOMException('', 'NotFoundError'));
    await expect(source.switchTo({ video: true })).rejects.toMatchObject({ code: 404 });
    expect(tracksOf(lease.stream)[0]?.stopped).toBe(false);
    expect((await source.acquire()).stream).toBe(lease.stream);
  });

  test('a stream of the application is never stopped', async () => {
    const given = new FakeStream([new FakeTrack('video')]);
    const source = new LocalSource('camera', given as unknown as MediaStream);
    (await source.acquire()).release();
    source.dispose();
    await Promise.resolve();
    expect(given.tracks[0]?.stopped).toBe(false);
  });

  test('a device that is pulled out is told', async () => {
    const source = new LocalSource('camera', { video: true });
    const ended = vi.fn();
    source.on('ended', ended);
    const lease = await source.acquire();
    tracksOf(lease.stream)[0]?.dispatchEvent(new Event('ended'));
    expect(ended).toHaveBeenCalledOnce();
  });
});
