// Drives a started server with the SIP routing client of the official phone numbers SDK. The environment says where it
// is: VAXEL_CONNECTION_STRING, and NODE_EXTRA_CA_CERTS for its certificate authority.
import assert from 'node:assert/strict';

const { SipRoutingClient } = await import(process.env.VAXEL_SDK);

const client = new SipRoutingClient(process.env.VAXEL_CONNECTION_STRING);
const passed = (...operations) => operations.forEach((name) => console.log(`passed siprouting ${name}`));

const all = async (iterator) => {
  const items = [];
  for await (const item of iterator) {
    items.push(item);
  }
  return items;
};

const refused = (inner) => (error) => {
  assert.equal(error.statusCode, 400, error.stack);
  assert.equal(error.code, 'UnprocessableConfiguration');
  assert.equal(error.details.error.innerError.code, inner);
  return true;
};

const first = { fqdn: 'sbc1.example.com', sipSignalingPort: 5061 };
const second = { fqdn: 'sbc2.example.com', sipSignalingPort: 5062 };
const route = (name, changes = {}) => ({
  name,
  description: `calls by ${name}`,
  numberPattern: '^\\+1(425|206)\\d{7}$',
  trunks: [first.fqdn],
  ...changes,
});

const steps = {
  'has nothing at first': async () => {
    assert.deepEqual(await all(client.listTrunks()), []);
    assert.deepEqual(await all(client.listRoutes()), []);
    await assert.rejects(client.getTrunk(first.fqdn), (error) => error.code === 'NotFound');
  },

  'sets trunks and routes': async () => {
    assert.deepEqual(await client.setTrunk(first), first);
    assert.deepEqual(await client.setTrunks([first, second]), [first, second]);
    assert.deepEqual(await client.getTrunk(second.fqdn), second);
    assert.deepEqual(await client.setTrunk({ ...second, sipSignalingPort: 7 }), { ...second, sipSignalingPort: 7 });
    const routes = [route('b', { trunks: [second.fqdn, first.fqdn] }), route('a')];
    assert.deepEqual(await client.setRoutes(routes), routes);
    assert.deepEqual(await all(client.listRoutes()), routes);
    passed('get', 'update');
  },

  'cannot remove a trunk that a route uses': async () => {
    await assert.rejects(client.deleteTrunk(first.fqdn), refused('TrunkUsedInRoute'));
    await assert.rejects(client.setTrunks([second]), refused('TrunkUsedInRoute'));
    assert.deepEqual(await client.getTrunk(first.fqdn), first);
  },

  'is told what is wrong, and nothing changes': async () => {
    const before = await all(client.listRoutes());
    await assert.rejects(client.setTrunk({ ...first, sipSignalingPort: 0 }), refused('InvalidTrunkSipSignalingPort'));
    await assert.rejects(client.setTrunk({ ...first, fqdn: '_' }), refused('InvalidTrunkFqdn'));
    await assert.rejects(client.setRoutes([route('')]), refused('InvalidRouteName'));
    await assert.rejects(client.setRoutes([route('a'), route('a')]), refused('DuplicatedRoute'));
    await assert.rejects(
      client.setRoutes([route('a', { trunks: [first.fqdn, first.fqdn] })]),
      refused('RouteWithDuplicatedTrunk'),
    );
    await assert.rejects(
      client.setRoutes([route('a', { trunks: ['none.example.com'] })]),
      refused('RouteWithUnknownTrunk'),
    );
    await assert.rejects(client.setRoutes([route('a', { numberPattern: '(' })]), refused('InvalidRouteNumberPattern'));
    assert.deepEqual(await all(client.listRoutes()), before);
  },

  'removes routes and trunks': async () => {
    assert.deepEqual(await client.setRoutes([]), []);
    await client.deleteTrunk(first.fqdn);
    assert.deepEqual(await client.setTrunks([]), []);
    assert.deepEqual(await all(client.listTrunks()), []);
  },
};

let failed = 0;
for (const [name, step] of Object.entries(steps)) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.stack ?? JSON.stringify(error)}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
