import type { Identity } from './identity';

interface IdentityNoticeProps {
  identity: Identity;
  token: string;
  onToken: (token: string) => void;
  onRetry: () => void;
}

/** Where the user's token comes from, and a place to paste one where the server gives none. */
export function IdentityNotice({ identity, token, onToken, onRetry }: IdentityNoticeProps) {
  switch (identity.kind) {
    case 'asking':
      return <p className="notice">Asking the server for a token…</p>;
    case 'development':
      return (
        <p className="notice">
          <strong>Development mode.</strong> This page gets its tokens from the server, which gives
          them to pages on its own machine only (loopback).
        </p>
      );
    case 'unreachable':
      return (
        <div className="problem" role="alert">
          <strong>The server can&rsquo;t be used</strong>
          <p>No token could be had: {identity.message}.</p>
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        </div>
      );
    case 'paste':
      return (
        <div className="field">
          <label htmlFor="token">Access token</label>
          <textarea
            id="token"
            className="code"
            rows={3}
            value={token}
            onChange={(event) => {
              onToken(event.target.value);
            }}
            required
            spellCheck={false}
            autoComplete="off"
            aria-describedby="token-hint"
          />
          <small id="token-hint">
            This server hands out no tokens to web pages. Paste one with the scope voip, such as{' '}
            <code>./vaxel token --scope voip</code> prints it.
          </small>
        </div>
      );
  }
}
