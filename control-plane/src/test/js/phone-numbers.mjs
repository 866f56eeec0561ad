// Drives a started server with the official phone numbers SDK, newest and oldest. The environment says where it is:
// VAXEL_CONNECTION_STRING, and NODE_EXTRA_CA_CERTS for its certificate authority. The inventory is the development
// range. What only the newer SDK has is left out with the older one.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

const { PhoneNumbersClient } = await import(process.env.VAXEL_SDK);

const connectionString = process.env.VAXEL_CONNECTION_STRING;
const client = new PhoneNumbersClient(connectionString);
const newest = 'browseAvailablePhoneNumbers' in client;
const fast = { updateIntervalInMs: 50 };
const both = { calling: 'inbound+outbound', sms: 'inbound+outbound' };
const tollFree = {
  countryCode: 'US',
  phoneNumberType: 'tollFree',
  assignmentType: 'application',
  capabilities: { calling: 'inbound', sms: 'outbound' },
  quantity: 2,
};

const passed = (...operations) => operations.forEach((name) => console.log(`passed phonenumbers ${name}`));

const all = async (iterator) => {
  const items = [];
  for await (const item of iterator) {
    items.push(item);
  }
  return items;
};

const refused = (status, code, target) => (error) => {
  assert.equal(error.statusCode, status, error.stack);
  assert.equal(error.code, code);
  if (target !== undefined && newest) {
    assert.equal(error.details.error.target, target);
  }
  return true;
};

const done = async (starting) => (await starting).pollUntilDone();

const search = (changes = {}) => done(client.beginSearchAvailablePhoneNumbers({ ...tollFree, ...changes }, fast));

const buy = async (changes = {}) => {
  const found = await search(changes);
  await done(client.beginPurchasePhoneNumbers(found.searchId, fast));
  return found.phoneNumbers;
};

const steps = {
  'searches, buys, reads, changes and releases': async () => {
    const found = await search();
    assert.equal(found.phoneNumbers.length, 2);
    assert.equal(found.phoneNumberType, 'tollFree');
    assert.equal(found.assignmentType, 'application');
    assert.deepEqual(found.capabilities, tollFree.capabilities);
    assert.deepEqual(found.cost, { amount: 2, currencyCode: 'USD', billingFrequency: 'monthly' });
    const minutes = (found.searchExpiresBy.getTime() - Date.now()) / 60_000;
    assert.ok(minutes > 14 && minutes <= 15, `${minutes}`);
    passed('search', 'getSearchResult', 'getOperation');

    await done(client.beginPurchasePhoneNumbers(found.searchId, fast));
    passed('purchase');

    const [number] = found.phoneNumbers;
    const bought = await client.getPurchasedPhoneNumber(number);
    assert.equal(bought.id, number.slice(1));
    assert.equal(bought.phoneNumber, number);
    assert.equal(bought.countryCode, 'US');
    assert.deepEqual(bought.capabilities, tollFree.capabilities);
    assert.ok(Math.abs(bought.purchaseDate.getTime() - Date.now()) < 60_000);
    passed('getByNumber');

    const listed = await all(client.listPurchasedPhoneNumbers());
    assert.ok(found.phoneNumbers.every((each) => listed.some((item) => item.phoneNumber === each)));
    passed('listPhoneNumbers');

    const changed = await done(client.beginUpdatePhoneNumberCapabilities(number, { sms: 'inbound+outbound' }, fast));
    assert.deepEqual(changed.capabilities, { calling: 'inbound', sms: 'inbound+outbound' });
    assert.deepEqual((await client.getPurchasedPhoneNumber(number)).capabilities, changed.capabilities);
    passed('updateCapabilities');

    for (const each of found.phoneNumbers) {
      await done(client.beginReleasePhoneNumber(each, fast));
    }
    await assert.rejects(client.getPurchasedPhoneNumber(number), refused(403, 'InsufficientPermissions', 'phonenumber'));
    passed('release');
  },

  'is told what is wrong': async () => {
    await assert.rejects(client.getPurchasedPhoneNumber('+14255550999'), refused(404, 'NotFound', 'phonenumber'));
    await assert.rejects(client.getPurchasedPhoneNumber('12'), refused(400, 'ValidationError', 'phoneNumber'));
    await assert.rejects(client.beginReleasePhoneNumber('+18005550149'), refused(403, 'InsufficientPermissions'));
    await assert.rejects(search({ countryCode: 'ZZ' }), refused(404, 'NotFound', 'countryCode'));
    await assert.rejects(search({ quantity: 501 }), refused(400, 'ValidationError', 'quantity'));
    await assert.rejects(client.beginPurchasePhoneNumbers(randomUUID()), refused(404, 'NotFound', 'searchId'));
  },

  'is told that there are not enough': async () => {
    const failing = search({ areaCode: '999' });
    if (newest) {
      await assert.rejects(failing, /not enough|failed/i);
    } else {
      // The oldest takes a failed operation for an end like any other, and fetches the result.
      assert.equal((await failing).phoneNumbers?.length ?? 0, 0);
    }
  },

  'cannot buy the same twice': async () => {
    const found = await search({ quantity: 1 });
    await done(client.beginPurchasePhoneNumbers(found.searchId, fast));
    await assert.rejects(client.beginPurchasePhoneNumbers(found.searchId), refused(409, 'Conflict', 'searchId'));
    await done(client.beginReleasePhoneNumber(found.phoneNumbers[0], fast));
  },
};

const newestSteps = {
  'cancels an operation': async () => {
    const poller = await client.beginSearchAvailablePhoneNumbers(tollFree, fast);
    await poller.pollUntilDone();
    const id = JSON.parse(poller.toString()).state.config.operationLocation.match(/operations\/([^?]+)/)[1];
    await client.client.phoneNumbers.cancelOperation(id);
    assert.equal((await client.client.phoneNumbers.getOperation(id)).status, 'succeeded');
    await assert.rejects(client.client.phoneNumbers.cancelOperation('search_x'), refused(404, 'NotFound', 'operationId'));
    passed('cancelOperation');
  },

  'looks around': async () => {
    const countries = await all(client.listAvailableCountries());
    assert.deepEqual(countries, [{ localizedName: 'United States', countryCode: 'US' }]);
    const german = new PhoneNumbersClient(connectionString, undefined, { acceptLanguage: 'de-DE,de;q=0.9' });
    assert.equal((await all(german.listAvailableCountries()))[0].localizedName, 'Vereinigte Staaten');
    passed('listCountries');

    const free = await all(client.listAvailableTollFreeAreaCodes('US'));
    assert.deepEqual(free.map((code) => code.areaCode), ['800', '833', '888']);
    const geographic = await all(
      client.listAvailableGeographicAreaCodes('US', { locality: 'New York City', administrativeDivision: 'NY' }),
    );
    assert.deepEqual(geographic.map((code) => code.areaCode), ['212']);
    assert.deepEqual(await all(client.listAvailableMobileAreaCodes('US')), []);
    passed('listAreaCodes');

    const towns = await all(client.listAvailableLocalities('US', { administrativeDivision: 'WA' }));
    assert.deepEqual(towns.map((town) => town.localizedName), ['Bellevue', 'Seattle']);
    assert.deepEqual(towns[0].administrativeDivision, { localizedName: 'Washington', abbreviatedName: 'WA' });
    passed('listLocalities');

    const offerings = await all(client.listAvailableOfferings('US', { phoneNumberType: 'tollFree' }));
    assert.deepEqual(offerings, [
      {
        phoneNumberType: 'tollFree',
        assignmentType: 'application',
        availableCapabilities: both,
        cost: { amount: 2, currencyCode: 'USD', billingFrequency: 'monthly' },
      },
    ]);
    passed('listOfferings');

    await assert.rejects(all(client.listAvailableLocalities('ZZ')), refused(404, 'NotFound', 'countryCode'));
  },

  'browses, reserves, and buys a reservation': async () => {
    const { phoneNumbers } = await client.browseAvailablePhoneNumbers({
      countryCode: 'US',
      phoneNumberType: 'geographic',
      capabilities: { calling: 'outbound' },
      assignmentType: 'application',
      phoneNumberPrefixes: ['1425'],
    });
    assert.ok(phoneNumbers.length >= 3);
    assert.ok(phoneNumbers.every((number) => number.phoneNumber.startsWith('+1425') && number.status === 'available'));
    passed('browse');

    const reservationId = randomUUID();
    const [first, second, third] = phoneNumbers;
    const made = await client.createOrUpdateReservation({ reservationId }, { add: [first, second] });
    assert.equal(made.id, reservationId);
    assert.equal(made.status, 'active');
    assert.deepEqual(Object.keys(made.phoneNumbers).sort(), [first.id, second.id].sort());
    assert.ok(made.expiresAt.getTime() - Date.now() > 14 * 60_000);
    const changed = await client.createOrUpdateReservation({ reservationId }, { add: [third], remove: [first.id] });
    assert.deepEqual(Object.keys(changed.phoneNumbers).sort(), [second.id, third.id].sort());

    const other = randomUUID();
    const partly = await client.createOrUpdateReservation({ reservationId: other }, { add: [first, second] });
    assert.equal(partly.phoneNumbers[first.id].status, 'reserved');
    assert.equal(partly.phoneNumbers[second.id].status, 'error');
    assert.equal(partly.phoneNumbers[second.id].error.code, 'PhoneNumberNotAvailable');
    passed('createOrUpdateReservation');

    assert.deepEqual((await client.getReservation(reservationId)).phoneNumbers, changed.phoneNumbers);
    passed('getReservation');
    const listed = await all(client.listReservations());
    assert.deepEqual(listed.map((each) => each.id).sort(), [other, reservationId].sort());
    assert.ok(listed.every((each) => each.phoneNumbers === undefined));
    passed('listReservations');

    await client.deleteReservation(other);
    await assert.rejects(client.getReservation(other), refused(404, 'NotFound', 'reservationId'));
    passed('deleteReservation');

    await done(client.beginReservationPurchase(reservationId, fast));
    assert.equal((await client.getReservation(reservationId)).status, 'completed');
    assert.deepEqual((await client.getPurchasedPhoneNumber(third.phoneNumber)).capabilities, both);
    await assert.rejects(client.beginReservationPurchase(reservationId), refused(409, 'Conflict', 'reservationId'));
    await assert.rejects(
      client.createOrUpdateReservation({ reservationId }, { add: [first] }),
      refused(409, 'Conflict', 'reservationId'),
    );
    passed('purchaseReservation');
    await assert.rejects(client.getReservation(randomUUID()), refused(404, 'NotFound', 'reservationId'));
  },

  'looks an operator up': async () => {
    const { values } = await client.searchOperatorInformation(['+447400123456'], {
      includeAdditionalOperatorDetails: true,
    });
    assert.equal(values.length, 1);
    assert.equal(values[0].phoneNumber, '+447400123456');
    assert.equal(values[0].isoCountryCode, 'GB');
    assert.equal(values[0].numberType, 'mobile');
    assert.equal(values[0].internationalFormat, '+44 7400 123456');
    assert.equal(values[0].operatorDetails.name, 'Three');
    const plain = await client.searchOperatorInformation(['+442079460018']);
    assert.equal(plain.values[0].operatorDetails, undefined);
    assert.equal(plain.values[0].numberType, 'geographic');
    await assert.rejects(
      client.searchOperatorInformation(['+447400123456', '+442079460018']),
      refused(400, 'ValidationError', 'phoneNumbers'),
    );
    passed('operatorInformation');
  },

  'follows the pages': async () => {
    const found = await buy({ quantity: 12 });
    const pages = [];
    const iterator = client.client.phoneNumbers.listPhoneNumbers({ top: 5 });
    for await (const page of iterator.byPage()) {
      pages.push(page.length);
    }
    assert.ok(pages.length >= 3, `${pages}`);
    assert.ok(pages.slice(0, -1).every((size) => size === 5), `${pages}`);
    assert.equal((await all(client.listPurchasedPhoneNumbers())).length, pages.reduce((sum, size) => sum + size));
    assert.equal(found.length, 12);
  },
};

let failed = 0;
for (const [name, step] of Object.entries({ ...steps, ...(newest ? newestSteps : {}) })) {
  try {
    await step();
    console.log(`ok ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED ${name}: ${error.stack ?? JSON.stringify(error)}`);
  }
}
process.exit(failed === 0 ? 0 : 1);
