import type { CallingLogger } from '../api';
import type { DeviceManagerImpl } from '../devices/DeviceManagerImpl';
import { LocalAudioStream } from '../devices/LocalAudioStream';
import type { IncomingAudio } from '../media/IncomingAudio';

/** Lets a call follow what is selected in the device manager: its own microphone, and the speaker it plays on. */
export class CallDevices {
  readonly #devices: DeviceManagerImpl;
  readonly #audio: IncomingAudio;
  readonly #logger: CallingLogger | undefined;
  readonly #microphoneSelected = (): void => {
    void this.#switchMicrophone();
  };
  readonly #speakerSelected = (): void => {
    this.#switchSpeaker();
  };
  /** The microphone that the call opened by itself. */
  #microphone: LocalAudioStream | undefined;

  constructor(devices: DeviceManagerImpl, audio: IncomingAudio, logger: CallingLogger | undefined) {
    this.#devices = devices;
    this.#audio = audio;
    this.#logger = logger;
    devices.on('selectedMicrophoneChanged', this.#microphoneSelected);
    devices.on('selectedSpeakerChanged', this.#speakerSelected);
    this.#switchSpeaker();
  }

  /** The microphone of a call for which the application brought none. */
  openMicrophone(): LocalAudioStream {
    const selected = this.#devices.selectedMicrophone;
    const standard = { id: '', name: '', isSystemDefault: true, deviceType: 'Microphone' } as const;
    this.#microphone = new LocalAudioStream(selected ?? standard);
    return this.#microphone;
  }

  /** The call is over. */
  close(): void {
    this.#devices.off('selectedMicrophoneChanged', this.#microphoneSelected);
    this.#devices.off('selectedSpeakerChanged', this.#speakerSelected);
  }

  async #switchMicrophone(): Promise<void> {
    const selected = this.#devices.selectedMicrophone;
    if (selected !== undefined && this.#microphone !== undefined) {
      try {
        await this.#microphone.switchSource(selected);
      } catch (error) {
        this.#logger?.warning('The selected microphone could not be opened', error);
      }
    }
  }

  #switchSpeaker(): void {
    const selected = this.#devices.selectedSpeaker;
    if (selected !== undefined) {
      this.#audio.setSpeaker(selected.id).catch((error: unknown) => {
        this.#logger?.warning('The selected speaker could not be used', error);
      });
    }
  }
}
