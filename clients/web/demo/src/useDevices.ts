import { useCallback, useEffect, useRef, useState } from 'react';

import { LocalAudioStream, LocalVideoStream } from '@vaxel/calling';
import type { AudioDeviceInfo, CallClient, VideoDeviceInfo } from '@vaxel/calling';

import type { DeviceProblem } from './problems';
import { deviceProblem } from './problems';

const DEFAULT_CAMERA: VideoDeviceInfo = { id: '', name: '', deviceType: 'Unknown' };
const DEFAULT_MICROPHONE: AudioDeviceInfo = {
  id: '',
  name: '',
  isSystemDefault: true,
  deviceType: 'Microphone',
};

/** One of the two devices before the call: its stream while it is on, or why it can't be. */
export interface Device<Stream, Info> {
  wanted: boolean;
  stream: Stream | undefined;
  problem: DeviceProblem | undefined;
  choices: Info[];
  chosen: string;
  setWanted: (wanted: boolean) => void;
  choose: (id: string) => void;
  retry: () => void;
  /** The stream, which from now on belongs to whoever asked. */
  take: () => Stream | undefined;
}

interface Opener<Stream, Info> {
  name: 'camera' | 'microphone';
  standard: Info;
  list: (client: CallClient) => Promise<Info[]>;
  make: (info: Info) => Stream;
}

interface LocalStream {
  getMediaStream: () => Promise<MediaStream>;
  dispose: () => void;
}

const CAMERA: Opener<LocalVideoStream, VideoDeviceInfo> = {
  name: 'camera',
  standard: DEFAULT_CAMERA,
  list: async (client) => (await client.getDeviceManager()).getCameras(),
  make: (info) => new LocalVideoStream(info),
};

const MICROPHONE: Opener<LocalAudioStream, AudioDeviceInfo> = {
  name: 'microphone',
  standard: DEFAULT_MICROPHONE,
  list: async (client) => (await client.getDeviceManager()).getMicrophones(),
  make: (info) => new LocalAudioStream(info),
};

export function useCamera(client: CallClient): Device<LocalVideoStream, VideoDeviceInfo> {
  return useDevice(client, CAMERA);
}

export function useMicrophone(client: CallClient): Device<LocalAudioStream, AudioDeviceInfo> {
  return useDevice(client, MICROPHONE);
}

/** Opens the chosen device while it is wanted; the stream is closed with the page that asked for it unless somebody took it. */
function useDevice<Stream extends LocalStream, Info extends { id: string; name: string }>(
  client: CallClient,
  opener: Opener<Stream, Info>,
): Device<Stream, Info> {
  const [wanted, setWanted] = useState(true);
  const [chosen, setChosen] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [choices, setChoices] = useState<Info[]>([]);
  const taken = useRef<Stream>(undefined);
  const [opened, setOpened] = useState<{ stream?: Stream; problem?: DeviceProblem }>({});

  useEffect(() => {
    if (!wanted) {
      return undefined;
    }
    let current = true;
    const stream = opener.make({ ...opener.standard, id: chosen });
    const open = async (): Promise<void> => {
      try {
        await stream.getMediaStream();
      } catch (error) {
        if (current) {
          setOpened({ problem: deviceProblem(opener.name, error) });
        }
        return;
      }
      if (!current) {
        stream.dispose();
        return;
      }
      setOpened({ stream });
      // Names are known only after the user has agreed.
      setChoices((await opener.list(client)).filter((info) => info.id !== ''));
    };
    open().catch(() => undefined); // a browser that can't list devices: there is nothing to choose from
    return () => {
      current = false;
      if (taken.current !== stream) {
        stream.dispose();
      }
      setOpened({});
    };
  }, [client, opener, wanted, chosen, attempt]);

  const retry = useCallback(() => {
    setAttempt((count) => count + 1);
  }, []);
  const take = useCallback(() => {
    taken.current = opened.stream;
    return opened.stream;
  }, [opened]);
  return {
    take,
    wanted,
    stream: opened.stream,
    problem: wanted ? opened.problem : undefined,
    choices,
    chosen,
    setWanted,
    choose: setChosen,
    retry,
  };
}
