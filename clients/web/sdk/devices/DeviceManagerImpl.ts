import { CommunicationServicesError, ErrorSubCode, invalidArgument } from '../errors';
import { Emitter } from '../events';
import { cameraConstraints } from './LocalVideoStream';
import { Preheating } from './Preheating';
import type {
  AudioDeviceInfo,
  DeviceAccess,
  DeviceManager,
  DeviceManagerEvents,
  PermissionConstraints,
  StartPreheatDeviceParameters,
  StopPreheatDeviceParameters,
  VideoDeviceInfo,
} from './types';

interface Devices {
  cameras: VideoDeviceInfo[];
  microphones: AudioDeviceInfo[];
  speakers: AudioDeviceInfo[];
}

/** The browser's devices, and which of them the user has chosen. */
export class DeviceManagerImpl extends Emitter<DeviceManagerEvents> implements DeviceManager {
  #known: Devices = { cameras: [], microphones: [], speakers: [] };
  #microphone: AudioDeviceInfo | undefined;
  #speaker: AudioDeviceInfo | undefined;
  readonly #preheatedMicrophone = new Preheating();
  readonly #preheatedCamera = new Preheating();
  readonly #devicesChanged = (): void => {
    void this.#refresh();
  };

  constructor() {
    super();
    media()?.addEventListener('devicechange', this.#devicesChanged);
  }

  get isSpeakerSelectionAvailable(): boolean {
    return 'setSinkId' in HTMLMediaElement.prototype;
  }

  get selectedMicrophone(): AudioDeviceInfo | undefined {
    return this.#microphone;
  }

  get selectedSpeaker(): AudioDeviceInfo | undefined {
    return this.#speaker;
  }

  async getCameras(): Promise<VideoDeviceInfo[]> {
    return (await this.#refresh()).cameras;
  }

  async getMicrophones(): Promise<AudioDeviceInfo[]> {
    return (await this.#refresh()).microphones;
  }

  async getSpeakers(): Promise<AudioDeviceInfo[]> {
    return (await this.#refresh()).speakers;
  }

  async selectMicrophone(device: AudioDeviceInfo): Promise<void> {
    if (device.deviceType !== 'Microphone') {
      throw invalidArgument('The device is not a microphone');
    }
    await Promise.resolve();
    this.#microphone = device;
    this.emit('selectedMicrophoneChanged');
  }

  async selectSpeaker(device: AudioDeviceInfo): Promise<void> {
    if (device.deviceType !== 'Speaker' || !this.isSpeakerSelectionAvailable) {
      throw invalidArgument('The device is not a speaker, or this browser chooses it by itself');
    }
    await Promise.resolve();
    this.#speaker = device;
    this.emit('selectedSpeakerChanged');
  }

  async askDevicePermission(constraints: PermissionConstraints): Promise<DeviceAccess> {
    // One after the other: asked together, a missing camera would also refuse the microphone.
    const audio = constraints.audio && (await canOpen({ audio: true }));
    const video = constraints.video && (await canOpen({ video: true }));
    await this.#refresh();
    return { audio, video };
  }

  async startPreheatDevices(parameters: StartPreheatDeviceParameters): Promise<void> {
    const { audio, video } = parameters;
    const microphone = this.#microphone?.id ?? '';
    const sound = { audio: microphone === '' ? true : { deviceId: { exact: microphone } } };
    const [camera] = video === undefined ? [] : await this.getCameras();
    const picture = cameraConstraints(camera ?? { id: '', name: '', deviceType: 'Unknown' });
    await Promise.all([
      audio === undefined ? undefined : this.#preheatedMicrophone.start('microphone', sound, audio),
      video === undefined || picture instanceof MediaStream
        ? undefined
        : this.#preheatedCamera.start('camera', picture, video),
    ]);
  }

  stopPreheatDevices(parameters: StopPreheatDeviceParameters): void {
    if (parameters.audio === true) {
      this.#preheatedMicrophone.stop();
    }
    if (parameters.video === true) {
      this.#preheatedCamera.stop();
    }
  }

  dispose(): void {
    this.stopPreheatDevices({ audio: true, video: true });
    media()?.removeEventListener('devicechange', this.#devicesChanged);
  }

  async #refresh(): Promise<Devices> {
    const devices = media();
    if (devices === undefined) {
      throw new CommunicationServicesError({
        code: 403,
        subCode: ErrorSubCode.DeviceRefused,
        message:
          'The page must come by https, or from this machine, to use cameras and microphones',
      });
    }
    const found = sort(await devices.enumerateDevices());
    const before = this.#known;
    this.#known = found;
    const video = difference(before.cameras, found.cameras);
    const audio = difference(
      [...before.microphones, ...before.speakers],
      [...found.microphones, ...found.speakers],
    );
    if (video !== undefined) {
      this.emit('videoDevicesUpdated', video);
    }
    if (audio !== undefined) {
      this.emit('audioDevicesUpdated', audio);
    }
    return found;
  }
}

function media(): MediaDevices | undefined {
  return (navigator as Partial<Navigator>).mediaDevices;
}

async function canOpen(constraints: MediaStreamConstraints): Promise<boolean> {
  try {
    const stream = await media()?.getUserMedia(constraints);
    for (const track of stream?.getTracks() ?? []) {
      track.stop();
    }
    return stream !== undefined;
  } catch {
    return false;
  }
}

function sort(devices: MediaDeviceInfo[]): Devices {
  const sorted: Devices = { cameras: [], microphones: [], speakers: [] };
  for (const device of devices) {
    const { deviceId: id, label: name } = device;
    const isSystemDefault = id === 'default' || id === '';
    switch (device.kind) {
      case 'videoinput':
        sorted.cameras.push({ id, name, deviceType: 'UsbCamera' });
        break;
      case 'audioinput':
        sorted.microphones.push({ id, name, isSystemDefault, deviceType: 'Microphone' });
        break;
      case 'audiooutput':
        sorted.speakers.push({ id, name, isSystemDefault, deviceType: 'Speaker' });
        break;
    }
  }
  return sorted;
}

function difference<T extends { id: string; name: string; deviceType: string }>(
  before: T[],
  after: T[],
): { added: T[]; removed: T[] } | undefined {
  const key = (device: T): string => `${device.deviceType} ${device.id} ${device.name}`;
  const keysBefore = new Set(before.map(key));
  const keysAfter = new Set(after.map(key));
  const added = after.filter((device) => !keysBefore.has(key(device)));
  const removed = before.filter((device) => !keysAfter.has(key(device)));
  return added.length + removed.length > 0 ? { added, removed } : undefined;
}
