import type { CallEvents } from '../api';
import { LocalAudioStream } from '../devices/LocalAudioStream';
import { LocalVideoStream } from '../devices/LocalVideoStream';
import type { Emitter } from '../events';
import { TrackKind } from '../generated/vaxel/signaling/v1/signaling_pb';
import type { LocalMedia, LocalStream } from './LocalMedia';

/** Camera and screen as they are being sent. */
export function localVideosOf(local: LocalMedia): LocalVideoStream[] {
  return [TrackKind.VIDEO, TrackKind.SCREEN_SHARE]
    .map((kind) => local.stream(kind))
    .filter((stream) => stream instanceof LocalVideoStream);
}

/** The microphone as it is being sent. */
export function localAudioOf(local: LocalMedia): LocalAudioStream[] {
  const stream = local.stream(TrackKind.AUDIO);
  return stream instanceof LocalAudioStream ? [stream] : [];
}

/** Lets a call tell what its local media tells. */
export function forwardLocalEvents(local: LocalMedia, call: Emitter<CallEvents>): void {
  local.on('mutedChanged', () => {
    call.emit('isMutedChanged');
  });
  local.on('started', (kind, stream) => {
    changed(call, kind, [stream], []);
  });
  local.on('stopped', (kind, stream) => {
    changed(call, kind, [], [stream]);
  });
}

function changed(
  call: Emitter<CallEvents>,
  kind: TrackKind,
  added: LocalStream[],
  removed: LocalStream[],
): void {
  if (kind === TrackKind.AUDIO) {
    call.emit('localAudioStreamsUpdated', {
      added: added.filter((stream) => stream instanceof LocalAudioStream),
      removed: removed.filter((stream) => stream instanceof LocalAudioStream),
    });
    return;
  }
  call.emit('localVideoStreamsUpdated', {
    added: added.filter((stream) => stream instanceof LocalVideoStream),
    removed: removed.filter((stream) => stream instanceof LocalVideoStream),
  });
  call.emit(kind === TrackKind.VIDEO ? 'isLocalVideoStartedChanged' : 'isScreenSharingOnChanged');
}
