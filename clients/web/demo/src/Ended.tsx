import { useEffect, useRef } from 'react';

/** After the call. */
export function Ended({ reason, onBack }: { reason: string | undefined; onBack: () => void }) {
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <main className="ended card">
      <h1>{reason === undefined ? 'You have left the call' : 'The call has ended'}</h1>
      {reason !== undefined && (
        <p role="alert" className="problem">
          {reason}
        </p>
      )}
      <button ref={back} type="button" className="primary" onClick={onBack}>
        Join again
      </button>
    </main>
  );
}
