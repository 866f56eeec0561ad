// A page as an application has it that uses the composite of @azure/communication-react. Nothing in it knows of Vaxel: the build
// puts our SDK where it imports the original's.

import type { AzureCommunicationTokenCredential } from '@azure/communication-common';
import type { CallAdapter } from '@azure/communication-react';
import { CallComposite, createAzureCommunicationCallAdapter } from '@azure/communication-react';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const query = new URLSearchParams(location.search);

/** @throws Error without it */
function parameter(name: string): string {
  const value = query.get(name);
  if (value === null) {
    throw new Error(`${name} is missing in the address`);
  }
  return value;
}

const token = parameter('token');
// The page's own: that of the package wants tokens whose signature it can take apart by itself.
const credential = {
  getToken: () => Promise.resolve({ token, expiresOnTimestamp: 0 }),
  dispose: () => undefined,
} as unknown as AzureCommunicationTokenCredential;

const adapter: CallAdapter = await createAzureCommunicationCallAdapter({
  userId: { communicationUserId: parameter('user') },
  displayName: parameter('name'),
  credential,
  locator: { groupId: parameter('group') },
});
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(createElement(CallComposite, { adapter }));
}
Object.assign(window, { adapter });
