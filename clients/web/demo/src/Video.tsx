import { useEffect, useRef } from 'react';

import { VideoStreamRenderer } from '@vaxel/calling';
import type { LocalVideoStream, RemoteVideoStream, ScalingMode } from '@vaxel/calling';

interface VideoProps {
  stream: LocalVideoStream | RemoteVideoStream;
  mirrored?: boolean;
  scalingMode?: ScalingMode;
  onError?: (error: unknown) => void;
}

/** Shows a stream of the SDK while it is part of the page. */
export function Video({ stream, mirrored = false, scalingMode = 'Crop', onError }: VideoProps) {
  const place = useRef<HTMLDivElement>(null);
  const report = useRef(onError);
  useEffect(() => {
    report.current = onError;
  });
  useEffect(() => {
    const renderer = new VideoStreamRenderer(stream);
    let gone = false;
    renderer.createView({ isMirrored: mirrored, scalingMode }).then(
      (view) => {
        place.current?.append(view.target);
      },
      (error: unknown) => {
        if (!gone) {
          report.current?.(error);
        }
      },
    );
    return () => {
      gone = true;
      renderer.dispose();
    };
  }, [stream, mirrored, scalingMode]);
  return <div ref={place} className="video" />;
}
