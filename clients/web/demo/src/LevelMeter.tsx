import { useEffect, useState } from 'react';

import type { LocalAudioStream } from '@vaxel/calling';

/** How loud the microphone is. */
export function LevelMeter({ stream }: { stream: LocalAudioStream }) {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    let stop = (): void => undefined;
    let gone = false;
    stream.getVolume().then(
      (volume) => {
        if (gone) {
          return;
        }
        const changed = (): void => {
          setLevel(volume.level);
        };
        volume.on('levelChanged', changed);
        stop = () => {
          volume.off('levelChanged', changed);
        };
      },
      () => undefined, // the microphone's own problem is shown elsewhere
    );
    return () => {
      gone = true;
      stop();
    };
  }, [stream]);
  return (
    <span className="level" aria-hidden="true">
      <span style={{ transform: `scaleX(${String(level / 100)})` }} />
    </span>
  );
}
