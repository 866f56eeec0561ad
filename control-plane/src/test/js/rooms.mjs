// Drives a started server with the official rooms SDK. The environment says where it is:
// VAXEL_CONNECTION_STRING, and NODE_EXTRA_CA_CERTS for its certificate authority. VAXEL_USERS are
// raw ids of users of the resource, between commas.
import assert from 'node:assert/strict';

const { RoomsClient } = await import(process.env.VAXEL_SDK);

const connectionString = process.env.VAXEL_CONNECTION_STRING;
const client = new RoomsClient(connectionString);
const users = process.env.VAXEL_USERS.split(',').map((id) => ({ communicationUserId: id }));
// What came with 2024-04-15 and 2025-03-13, which the oldest SDK does not speak.
const newest = !process.env.VAXEL_SDK.endsWith('oldest');

const passed = (operation) => console.log(`passed rooms ${operation}`);

const day = 24 * 60 * 60 * 1000;
const inDays = (days) => new Date(Date.now() + days * day);

const refused = (status, code, target) => (error) => {
  assert.equal(error.statusCode, status, error.message);
  assert.equal(error.code, code, error.message);
  if (target !== undefined) {
    assert.equal(error.details.error.target, target);
  }
  return true;
};

const all = async (pages) => {
  const items = [];
  for await (const item of pages) {
    items.push(item);
  }
  return items;
};

const roles = async (roomId) =>
  Object.fromEntries(
    (await all(client.listParticipants(roomId))).map(({ id, role }) => [
      users.findIndex((user) => user.communicationUserId === id.communicationUserId),
      role,
    ]),
  );

/** Version 1.0.0 answers changes of participants before the server has; it also hides their failures. */
const eventually = async (roomId, expected) => {
  for (let i = 0; !newest && i < 100; i++) {
    if (JSON.stringify(await roles(roomId)) === JSON.stringify(expected)) {
      break;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.deepEqual(await roles(roomId), expected);
};

const unknown = '10000000000000000';

const steps = {
  'creates a room': async () => {
    const plain = await client.createRoom();
    assert.match(plain.id, /^\d{17}$/);
    assert.equal(plain.validUntil - plain.validFrom, 180 * day);
    assert.ok(Math.abs(Date.now() - plain.createdOn) < 60_000);
    const validFrom = inDays(1);
    const validUntil = inDays(2);
    const room = await client.createRoom({
      validFrom,
      validUntil,
      ...(newest && { pstnDialOutEnabled: true }),
      participants: [
        { id: users[0], role: 'Presenter' },
        { id: users[1] },
        { id: users[2], role: newest ? 'Collaborator' : 'Consumer' },
      ],
    });
    assert.equal(room.validFrom.getTime(), validFrom.getTime());
    assert.equal(room.validUntil.getTime(), validUntil.getTime());
    assert.equal(room.pstnDialOutEnabled, newest ? true : undefined);
    assert.deepEqual(await roles(room.id), {
      0: 'Presenter',
      1: 'Attendee',
      2: newest ? 'Collaborator' : 'Consumer',
    });
    passed('createRoom');
  },

  'is told why a room cannot be': async () => {
    const bad = [
      [{ validFrom: inDays(2), validUntil: inDays(1) }, 'validUntil'],
      [{ validUntil: inDays(-1) }, 'validUntil'],
      [{ validFrom: inDays(0), validUntil: inDays(181) }, 'validUntil'],
      [{ participants: [{ id: { communicationUserId: '8:acs:a_b' } }] }, 'participants'],
    ];
    for (const [options, target] of bad) {
      await assert.rejects(client.createRoom(options), refused(400, 'BadRequest', target));
    }
  },

  'gets a room': async () => {
    const room = await client.createRoom();
    assert.deepEqual(await client.getRoom(room.id), room);
    await assert.rejects(client.getRoom(unknown), refused(404, 'NotFound'));
    await assert.rejects(client.getRoom('nonsense'), refused(400, 'BadRequest', 'roomId'));
    passed('getRoom');
  },

  'updates a room': async () => {
    const room = await client.createRoom();
    const validUntil = inDays(3);
    const updated = await client.updateRoom(room.id, {
      validUntil,
      ...(newest && { pstnDialOutEnabled: true }),
    });
    assert.equal(updated.validUntil.getTime(), validUntil.getTime());
    assert.equal(updated.validFrom.getTime(), room.validFrom.getTime());
    assert.equal(updated.pstnDialOutEnabled, newest ? true : undefined);
    assert.deepEqual(await client.getRoom(room.id), updated);
    await assert.rejects(
      client.updateRoom(room.id, { validFrom: inDays(4), validUntil }),
      refused(400, 'BadRequest', 'validUntil'),
    );
    await assert.rejects(client.updateRoom(unknown, { validUntil }), refused(404, 'NotFound'));
    passed('updateRoom');
  },

  'deletes a room': async () => {
    const room = await client.createRoom();
    await client.deleteRoom(room.id);
    await assert.rejects(client.getRoom(room.id), refused(404, 'NotFound'));
    await assert.rejects(client.deleteRoom(room.id), refused(404, 'NotFound'));
    passed('deleteRoom');
  },

  'lists rooms over several pages': async () => {
    const made = [];
    for (let i = 0; i < 105; i++) {
      made.push((await client.createRoom()).id);
    }
    const listed = (await all(client.listRooms())).map((room) => room.id);
    assert.deepEqual(
      made.filter((id) => !listed.includes(id)),
      [],
    );
    assert.equal(new Set(listed).size, listed.length);
    passed('listRooms');
  },

  'invites users, changes roles and takes users off': async () => {
    const room = await client.createRoom({ participants: [{ id: users[0] }] });
    await client.addOrUpdateParticipants(room.id, [
      { id: users[0], role: 'Presenter' },
      { id: users[1], role: 'Consumer' },
    ]);
    await eventually(room.id, { 0: 'Presenter', 1: 'Consumer' });
    await client.removeParticipants(room.id, [users[0], users[3]]);
    await eventually(room.id, { 1: 'Consumer' });
    passed('addOrUpdateParticipants');
    passed('removeParticipants');
    if (!newest) {
      return;
    }
    await assert.rejects(
      client.addOrUpdateParticipants(room.id, [{ id: { communicationUserId: '8:acs:a_b' } }]),
      refused(400, 'BadRequest', 'participants'),
    );
    await assert.rejects(
      client.addOrUpdateParticipants(unknown, [{ id: users[0] }]),
      refused(404, 'NotFound'),
    );
    await assert.rejects(client.removeParticipants(unknown, [users[0]]), refused(404, 'NotFound'));
    assert.deepEqual(await roles(room.id), { 1: 'Consumer' });
  },

  'lists participants over several pages': async () => {
    const room = await client.createRoom({ participants: users.map((id) => ({ id })) });
    assert.equal((await all(client.listParticipants(room.id))).length, users.length);
    await assert.rejects(all(client.listParticipants(unknown)), refused(404, 'NotFound'));
    passed('listParticipants');
  },

  'is denied with a wrong key': async () => {
    const wrong = connectionString.replace(/accesskey=.*/, 'accesskey=AAECAwQFBgc=');
    await assert.rejects(new RoomsClient(wrong).createRoom(), refused(401, 'Denied'));
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
