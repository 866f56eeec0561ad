import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

import { RemoteVideoStreamImpl } from '../../sdk/call/RemoteVideoStreamImpl';
import { LocalVideoStream } from '../../sdk/devices/LocalVideoStream';
import { Preheating } from '../../sdk/devices/Preheating';
import { OwnVideoEffectsFeature } from '../../sdk/features/VideoEffects';
import type { SubscribeConnection } from '../../sdk/media/SubscribeConnection';
import { VideoStreamRenderer } from '../../sdk/VideoStreamRenderer';
import { FakeStream, FakeTrack, settle } from '../fakes';
import { heard } from './FakeCall';

const getUserMedia = vi.fn(() => Promise.resolve(new FakeStream([new FakeTrack('video')])));

/** What the browser gave first. */
function opened(): Promise<FakeStream> | undefined {
  return getUserMedia.mock.results[0]?.value as Promise<FakeStream> | undefined;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('MediaStream', FakeStream);
  vi.stubGlobal('navigator', { mediaDevices: { getUserMedia }, userAgent: 'Desktop' });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  getUserMedia.mockClear();
});

test('an eleventh video is not shown, and one that is shown already may be shown twice', async () => {
  let others = 10;
  const connection = {
    wantedBeside: () => others,
    want: vi.fn(),
    receiver: () => ({ track: new FakeTrack('video') }),
  };
  const stream = new RemoteVideoStreamImpl(
    1,
    'Video',
    't',
    true,
    connection as unknown as SubscribeConnection,
  );
  const renderer = new VideoStreamRenderer(stream);
  await expect(renderer.createView()).rejects.toMatchObject({ code: 400, subCode: 43220 });
  expect(connection.want).not.toHaveBeenCalled();
  others = 9;
  expect(() => {
    stream.requireRoom();
  }).not.toThrow();
});

describe('preheating', () => {
  test('lets the device go after its time, just then', async () => {
    const preheating = new Preheating();
    await preheating.start('camera', { video: true }, { preheat: true, timeoutInSec: 5 });
    const stream = await opened();
    vi.advanceTimersByTime(4_999);
    await settle();
    expect(stream?.tracks[0]?.stopped).toBe(false);
    vi.advanceTimersByTime(1);
    await settle();
    expect(stream?.tracks[0]?.stopped).toBe(true);
  });

  test('a stop overtakes a device that opens late, and a time that is none is refused', async () => {
    const preheating = new Preheating();
    const started = preheating.start('camera', { video: true }, { preheat: true });
    preheating.stop();
    await started;
    await settle();
    expect((await opened())?.tracks[0]?.stopped).toBe(true);
    await expect(
      preheating.start('camera', { video: true }, { preheat: true, timeoutInSec: 0 }),
    ).rejects.toMatchObject({ code: 400 });
  });
});

describe('VideoEffects', () => {
  const processed = new FakeTrack('video');
  const stop = vi.fn();
  const effect = {
    name: 'BackgroundBlur' as const,
    isSupported: () => Promise.resolve(true),
    configure: () => Promise.resolve(),
    process: () => Promise.resolve({ track: processed as unknown as MediaStreamTrack, stop }),
  };

  test("an application's effect takes the place of the camera, and gives it back", async () => {
    const camera = new LocalVideoStream({ id: '', name: '', deviceType: 'UsbCamera' });
    const feature = new OwnVideoEffectsFeature({ streamInstance: camera });
    const lease = await camera.localSource.acquire();
    const shown = heard<'replaced', MediaStream>(camera.localSource, 'replaced');
    await feature.startEffects(effect);
    expect(feature.activeEffects).toEqual(['BackgroundBlur']);
    expect(shown[0]?.getVideoTracks()).toEqual([processed]);
    await feature.stopEffects();
    expect(shown[1]).toBe(lease.stream);
    expect(stop).toHaveBeenCalledOnce();
    expect(getUserMedia).toHaveBeenCalledOnce();
  });

  test('one that does not say how it works on tracks is not supported', async () => {
    const camera = new LocalVideoStream({ id: '', name: '', deviceType: 'UsbCamera' });
    const feature = new OwnVideoEffectsFeature({ streamInstance: camera });
    const opaque = { ...effect, process: undefined };
    expect(await feature.isSupported(opaque)).toBe(false);
    await expect(feature.startEffects(opaque)).rejects.toMatchObject({ code: 501 });
    expect(getUserMedia).not.toHaveBeenCalled();
  });
});
