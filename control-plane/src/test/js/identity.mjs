// Drives a started server with the official identity SDK. The environment says where it is:
// VAXEL_CONNECTION_STRING, and NODE_EXTRA_CA_CERTS for its certificate authority.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { AzureCommunicationTokenCredential } from '@azure/communication-common';

const sdk = process.env.VAXEL_SDK;
const { CommunicationIdentityClient } = await import(sdk);

// Version 1.0 has no lifetimes, no Teams users, and no policies of the caller's.
const version = createRequire(import.meta.url)(`${sdk}/package.json`).version;
const isOldest = version.startsWith('1.0.');

const connectionString = process.env.VAXEL_CONNECTION_STRING;
const client = new CommunicationIdentityClient(connectionString);
const scopes = ['chat', 'voip'];
const guid = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

const claimsOf = (token) => JSON.parse(Buffer.from(token.split('.')[1], 'base64url'));

const minutesLeft = (expiresOn) => (expiresOn.getTime() - Date.now()) / 60_000;

const assertLifetime = (expected, expiresOn) => {
  const left = minutesLeft(expiresOn);
  assert.ok(left <= expected && left > expected - 2, `${left} minutes left of ${expected}`);
};

const refused = (status, code, target) => (error) => {
  assert.equal(error.statusCode, status, error.message);
  const told = error.details?.error ?? error.details;
  assert.equal(error.code ?? told?.code, code, error.message);
  if (target !== undefined) {
    assert.equal(told?.target, target, error.message);
  }
  return true;
};

const passed = (operation) => console.log(`passed identity ${operation}`);

/** A client whose requests are changed after they were signed. */
const meddling = (change) =>
  new CommunicationIdentityClient(connectionString, {
    additionalPolicies: [
      {
        position: 'perRetry',
        policy: {
          name: 'meddling',
          sendRequest: (request, next) => {
            change(request);
            return next(request);
          },
        },
      },
    ],
  });

const steps = {
  'creates a user': async () => {
    const user = await client.createUser();
    assert.match(user.communicationUserId, new RegExp(`^8:acs:${guid}_${guid}$`));
    passed('createUser');
  },

  'creates a user with a token': async () => {
    const { user, token, expiresOn } = await client.createUserAndToken(scopes);
    assertLifetime(1440, expiresOn);
    const claims = claimsOf(token);
    assert.equal(`8:${claims.skypeid}`, user.communicationUserId);
    assert.equal(claims.acsScope, 'chat,voip');
    assert.equal(claims.exp * 1000, expiresOn.getTime());
    assert.equal(`endpoint=${claims.iss}`, connectionString.split(';')[0]);
    passed('createUserAndToken');
  },

  'issues tokens of a chosen lifetime and every scope': async () => {
    const user = await client.createUser();
    const every = ['chat', 'chat.join', 'chat.join.limited', 'voip', 'voip.join'];
    const { token, expiresOn } = await client.getToken(user, every, {
      tokenExpiresInMinutes: 60,
    });
    assertLifetime(isOldest ? 1440 : 60, expiresOn);
    assert.deepEqual(claimsOf(token).acsScope.split(',').sort(), every);
    passed('getToken');
  },

  'its credential reads the expiry': async () => {
    const { token, expiresOn } = await client.createUserAndToken(scopes);
    const credential = new AzureCommunicationTokenCredential(token);
    const read = await credential.getToken();
    assert.equal(read.expiresOnTimestamp, expiresOn.getTime());
    credential.dispose();
  },

  'revokes tokens and deletes users': async () => {
    const user = await client.createUser();
    await client.revokeTokens(user);
    passed('revokeTokens');
    await client.deleteUser(user);
    await client.deleteUser(user);
    await assert.rejects(client.getToken(user, scopes), refused(401, 'IdentityNotOwned'));
    passed('deleteUser');
  },

  'exchanges the token of a Teams user': async () => {
    if (isOldest) {
      return;
    }
    const teamsUser = {
      teamsUserAadToken: process.env.VAXEL_TEAMS_TOKEN,
      clientId: process.env.VAXEL_TEAMS_APP,
      userObjectId: process.env.VAXEL_TEAMS_USER,
    };
    const { token, expiresOn } = await client.getTokenForTeamsUser(teamsUser);
    assertLifetime(60, expiresOn);
    assert.equal(claimsOf(token).acsScope, 'chat,voip');
    await assert.rejects(
      client.getTokenForTeamsUser({ ...teamsUser, teamsUserAadToken: 'nonsense' }),
      refused(401, 'InvalidAccessToken'),
    );
    passed('getTokenForTeamsUser');
  },

  'takes a bearer for a key': async () => {
    const endpoint = connectionString.replace(/^endpoint=(.*?);.*/, '$1');
    const holding = (token) => ({
      getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
    });
    const bearer = new CommunicationIdentityClient(endpoint, holding(process.env.VAXEL_BEARER));
    assert.match((await bearer.createUser()).communicationUserId, /^8:acs:/);
    const stranger = new CommunicationIdentityClient(endpoint, holding('nonsense'));
    await assert.rejects(stranger.createUser(), refused(401, 'Unauthorized'));
  },

  'is told that a foreign user is not owned': async () => {
    const foreign = { communicationUserId: '8:acs:a_b' };
    await assert.rejects(client.getToken(foreign, scopes), refused(401, 'IdentityNotOwned'));
    await assert.rejects(client.revokeTokens(foreign), refused(401, 'IdentityNotOwned'));
    await assert.rejects(client.deleteUser(foreign), refused(401, 'IdentityNotOwned'));
  },

  'is told which field is wrong': async () => {
    const user = await client.createUser();
    await assert.rejects(client.getToken(user, []), refused(400, 'ValidationError', 'scopes'));
    await assert.rejects(
      client.getToken(user, ['video']),
      refused(400, 'ValidationError', 'scopes'),
    );
    for (const tokenExpiresInMinutes of isOldest ? [] : [59, 1441]) {
      await assert.rejects(
        client.getToken(user, scopes, { tokenExpiresInMinutes }),
        refused(400, 'ValidationError', 'expiresInMinutes'),
      );
      await assert.rejects(
        client.createUserAndToken(scopes, { tokenExpiresInMinutes }),
        refused(400, 'ValidationError', 'expiresInMinutes'),
      );
    }
  },

  'is denied with a wrong key': async () => {
    const wrong = connectionString.replace(/accesskey=.*/, 'accesskey=AAECAwQFBgc=');
    const stranger = new CommunicationIdentityClient(wrong);
    await assert.rejects(stranger.createUser(), refused(401, 'Denied'));
  },

  'is denied when a request is changed on its way': async () => {
    if (isOldest) {
      return;
    }
    const changes = [
      (request) => request.headers.set('x-ms-date', 'Mon, 23 Nov 2020 11:29:04 GMT'),
      (request) => {
        request.url = request.url.replace('2023-10-01', '2022-10-01');
      },
      (request) => {
        request.body = '{"expiresInMinutes":60}';
      },
      (request) => {
        const signed = request.headers.get('authorization');
        request.headers.set('authorization', signed.replace(/Signature=.{4}/, 'Signature=AAAA'));
      },
    ];
    for (const change of changes) {
      await assert.rejects(meddling(change).createUser(), refused(401, 'Denied'));
    }
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.stack}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
