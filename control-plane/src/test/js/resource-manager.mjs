// Drives a started server with the official resource management SDK. The environment says where it
// is: VAXEL_ENDPOINT, VAXEL_OPERATOR_TOKEN, and NODE_EXTRA_CA_CERTS for its certificate authority.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const sdk = process.env.VAXEL_SDK;
const { CommunicationServiceManagementClient } = await import(sdk);
const { CommunicationIdentityClient } = await import('@azure/communication-identity');

const endpoint = process.env.VAXEL_ENDPOINT;
const subscription = '11111111-2222-3333-4444-555555555555';
const group = 'Shops';
const newest = Number(createRequire(import.meta.url)(`${sdk}/package.json`).version[0]) >= 4;
const updateIntervalInMs = 100;

const holding = (token) => ({
  getToken: async () => ({ token, expiresOnTimestamp: Date.now() + 3_600_000 }),
});

const clientWith = (token) =>
  new CommunicationServiceManagementClient(holding(token), subscription, { endpoint });

/** The operations by the names of the newest version; the oldest took bodies as options. */
const servicesOf = (client) => {
  if (newest) {
    return client.communicationServices;
  }
  const old = client.communicationService;
  return new Proxy(old, {
    get: (_, name) =>
      ({
        beginCreateOrUpdateAndWait: (group, resource, parameters, options) =>
          old.beginCreateOrUpdateAndWait(group, resource, { parameters, ...options }),
        update: (group, resource, parameters) => old.update(group, resource, { parameters }),
        checkNameAvailability: (nameAvailabilityParameters) =>
          old.checkNameAvailability({ nameAvailabilityParameters }),
      })[name] ?? old[name].bind(old),
  });
};

const client = clientWith(process.env.VAXEL_OPERATOR_TOKEN);
const services = servicesOf(client);

const collect = async (pages) => {
  const all = [];
  for await (const each of pages) {
    all.push(each);
  }
  return all;
};

const create = (name, more = {}) =>
  services.beginCreateOrUpdateAndWait(
    group,
    name,
    { location: 'global', dataLocation: 'Europe', ...more },
    { updateIntervalInMs },
  );

const refused = (status, code) => (error) => {
  assert.equal(error.statusCode, status, error.message);
  assert.equal(error.code ?? error.details?.error?.code, code, error.message);
  return true;
};

const opens = async (connectionString) => {
  const user = await new CommunicationIdentityClient(connectionString).createUser();
  assert.match(user.communicationUserId, /^8:acs:/);
};

const passed = (operation) => console.log(`passed resourcemanager ${operation}`);

const steps = {
  'creates a resource': async () => {
    const made = await create('shop', { tags: { team: 'a' } });
    assert.equal(made.name, 'shop');
    assert.equal(made.location, 'global');
    assert.equal(made.provisioningState, 'Succeeded');
    assert.equal(made.dataLocation, 'Europe');
    assert.deepEqual(made.tags, { team: 'a' });
    assert.ok(made.hostName.length > 0);
    assert.match(made.immutableResourceId, /^[0-9a-f-]{36}$/);
    assert.equal(made.systemData.createdByType, 'Key');
    assert.ok(!Number.isNaN(new Date(made.systemData.createdAt).getTime()));
    // Again: nothing but the settings changes.
    const again = await create('shop');
    assert.equal(again.immutableResourceId, made.immutableResourceId);
    await assert.rejects(create('shop-'), refused(400, 'InvalidResourceName'));
    await assert.rejects(
      services.beginCreateOrUpdateAndWait(group, 'else', { location: 'mars', dataLocation: 'Europe' }),
      refused(400, 'LocationNotAvailableForResourceType'),
    );
    passed('createOrUpdate');
  },

  'gets it': async () => {
    const found = await services.get(group, 'SHOP');
    assert.equal(found.name, 'shop');
    assert.equal(
      found.id,
      `/subscriptions/${subscription}/resourceGroups/Shops/providers/Microsoft.Communication/CommunicationServices/shop`,
    );
    await assert.rejects(services.get(group, 'none'), refused(404, 'ResourceNotFound'));
    passed('get');
  },

  'updates it': async () => {
    const parameters = { tags: { team: 'b' } };
    if (newest) {
      Object.assign(parameters, {
        linkedDomains: [],
        publicNetworkAccess: 'Disabled',
        identity: { type: 'SystemAssigned' },
      });
    }
    const changed = await services.update(group, 'shop', parameters);
    assert.deepEqual(changed.tags, { team: 'b' });
    if (newest) {
      assert.equal(changed.publicNetworkAccess, 'Disabled');
      assert.equal(changed.identity.type, 'SystemAssigned');
    }
    passed('update');
  },

  'lists by group and subscription': async () => {
    for (let i = 0; i < 30; i++) {
      await create(`many-${i}`);
    }
    const byGroup = await collect(services.listByResourceGroup(group));
    assert.equal(byGroup.length, 31);
    passed('listByResourceGroup');
    const bySubscription = await collect(services.listBySubscription());
    assert.equal(bySubscription.length, 31);
    passed('listBySubscription');
  },

  'lists and replaces keys, whose connection strings open the resource': async () => {
    const keys = await services.listKeys(group, 'shop');
    await opens(keys.primaryConnectionString);
    await opens(keys.secondaryConnectionString);
    passed('listKeys');
    const replaced = await services.regenerateKey(group, 'shop', { keyType: 'Primary' });
    assert.notEqual(replaced.primaryKey, keys.primaryKey);
    assert.equal(replaced.secondaryKey, keys.secondaryKey);
    await opens(replaced.primaryConnectionString);
    await assert.rejects(opens(keys.primaryConnectionString), refused(401, 'Denied'));
    passed('regenerateKey');
  },

  'tells whether a name is free': async () => {
    const type = 'Microsoft.Communication/CommunicationServices';
    assert.equal((await services.checkNameAvailability({ name: 'free', type })).nameAvailable, true);
    const taken = await services.checkNameAvailability({ name: 'SHOP', type });
    assert.equal(taken.nameAvailable, false);
    assert.equal(taken.reason, 'AlreadyExists');
    passed('checkNameAvailability');
  },

  'links a notification hub': async () => {
    const linkNotificationHubParameters = { resourceId: '/hub', connectionString: 'Endpoint=x' };
    const linked = await services.linkNotificationHub(group, 'shop', {
      linkNotificationHubParameters,
    });
    assert.equal(linked.resourceId, '/hub');
    assert.equal((await services.get(group, 'shop')).notificationHubId, '/hub');
    passed('linkNotificationHub');
  },

  'lists the operations of the provider': async () => {
    const all = await collect(client.operations.list());
    assert.ok(all.some((each) => each.name.endsWith('/listKeys/action')));
    passed('listOperations');
  },

  'deletes it': async () => {
    const keys = await services.listKeys(group, 'shop');
    await services.beginDeleteAndWait(group, 'shop', { updateIntervalInMs });
    await assert.rejects(services.get(group, 'shop'), refused(404, 'ResourceNotFound'));
    await assert.rejects(opens(keys.secondaryConnectionString), refused(401, 'Denied'));
    await services.beginDeleteAndWait(group, 'shop', { updateIntervalInMs });
    passed('delete');
  },

  'is refused with another token': async () => {
    await assert.rejects(
      servicesOf(clientWith('nonsense')).get(group, 'shop'),
      refused(401, 'AuthenticationFailed'),
    );
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
