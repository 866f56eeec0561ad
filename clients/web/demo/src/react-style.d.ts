import 'react';

declare module 'react' {
  // The page's own style variables.
  interface CSSProperties {
    '--hue'?: number;
    '--columns'?: number;
  }
}
