import { create } from '@bufbuild/protobuf';
import { beforeEach, describe, expect, test, vi } from 'vitest';

import type { RemoteParticipant } from '../sdk/api';
import { RemoteParticipants } from '../sdk/call/RemoteParticipants';
import { Roster } from '../sdk/call/Roster';
import type { Participant, Track } from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import {
  ParticipantSchema,
  RosterDeltaSchema,
  TrackKind,
  TrackSchema,
  TrackState,
} from '../sdk/generated/vaxel/signaling/v1/signaling_pb';
import type { SubscribeConnection } from '../sdk/media/SubscribeConnection';
import { FakeStream } from './fakes';

function person(participantId: string, userId = participantId, tracks: Track[] = []): Participant {
  return create(ParticipantSchema, {
    participantId,
    userId: `8:acs:r_${userId}`,
    displayName: userId,
    tracks,
  });
}

function audio(trackId: string, state = TrackState.ON): Track {
  return create(TrackSchema, { trackId, kind: TrackKind.AUDIO, state });
}

function video(trackId: string, state = TrackState.ON): Track {
  return create(TrackSchema, { trackId, kind: TrackKind.VIDEO, state });
}

function joined(...people: Participant[]) {
  return create(RosterDeltaSchema, { joined: people });
}

function left(...ids: string[]) {
  return create(RosterDeltaSchema, { left: ids });
}

function changed(participantId: string, track: Track) {
  return create(RosterDeltaSchema, { tracks: [{ participantId, track }] });
}

describe('Roster', () => {
  const ids = (roster: Roster): string[] => roster.entries().map((entry) => entry.participantId);

  test('begins with those of Joined, without this client', () => {
    expect(ids(new Roster('me', [person('a'), person('me'), person('b')]))).toEqual(['a', 'b']);
  });

  test('follows the deltas', () => {
    const roster = new Roster('me', [person('a')]);
    roster.apply(joined(person('b'), person('me')));
    roster.apply(left('a', 'nobody'));
    expect(ids(roster)).toEqual(['b']);
  });

  test('applies one delta in the order of its fields', () => {
    const roster = new Roster('me', []);
    roster.apply(
      create(RosterDeltaSchema, {
        joined: [person('a'), person('b')],
        left: ['a'],
        tracks: [
          { participantId: 'b', track: audio('t') },
          { participantId: 'a', track: audio('u') },
        ],
      }),
    );
    expect(ids(roster)).toEqual(['b']);
    expect([...(roster.entries()[0]?.tracks.keys() ?? [])]).toEqual(['t']);
  });

  test('a track that is off is gone', () => {
    const roster = new Roster('me', [person('a', 'a', [audio('t'), video('v')])]);
    roster.apply(changed('a', video('v', TrackState.OFF)));
    expect([...(roster.entries()[0]?.tracks.keys() ?? [])]).toEqual(['t']);
  });

  test('an upsert replaces all that is known of somebody, tracks among it', () => {
    const roster = new Roster('me', [person('a', 'a', [audio('t'), video('v')])]);
    const changed = { ...person('a', 'a', [audio('t')]), displayName: 'New', raisedHand: 2 };
    roster.apply(joined(create(ParticipantSchema, changed)));
    expect(roster.entries()[0]).toMatchObject({ displayName: 'New', raisedHand: 2 });
    expect([...(roster.entries()[0]?.tracks.keys() ?? [])]).toEqual(['t']);
  });

  test('puts the devices of a user together', () => {
    const roster = new Roster('me', [person('a1', 'a'), person('b'), person('a2', 'a')]);
    expect([...roster.byUser().values()].map((entries) => entries.length)).toEqual([2, 1]);
  });
});

describe('RemoteParticipants', () => {
  const connection = {
    want: vi.fn(),
    unwant: vi.fn(),
    forget: vi.fn(),
    receiver: vi.fn(),
  };
  const mute = vi.fn<(ids: string[]) => Promise<void>>();
  let participants: RemoteParticipants;
  let updates: { added: (string | undefined)[]; removed: (string | undefined)[] }[];

  beforeEach(() => {
    vi.resetAllMocks();
    vi.stubGlobal('MediaStream', FakeStream);
    participants = new RemoteParticipants(mute);
    participants.connect(connection as unknown as SubscribeConnection);
    updates = [];
    const names = (people: RemoteParticipant[]) => people.map(({ displayName }) => displayName);
    participants.on('updated', ({ added, removed }) => {
      updates.push({ added: names(added), removed: names(removed) });
    });
  });

  function first(): RemoteParticipant {
    const participant = participants.all[0];
    if (participant === undefined) {
      throw new Error('Nobody is there');
    }
    return participant;
  }

  test('tells who came and went, once', () => {
    participants.begin(new Roster('me', [person('a')]));
    participants.apply(joined(person('b')));
    participants.apply(changed('b', audio('t')));
    participants.apply(left('a'));
    expect(updates).toEqual([
      { added: ['a'], removed: [] },
      { added: ['b'], removed: [] },
      { added: [], removed: ['a'] },
    ]);
  });

  test('a user with two devices is one participant until the last has left', () => {
    participants.begin(new Roster('me', [person('a1', 'a')]));
    const participant = first();
    participants.apply(joined(person('a2', 'a')));
    expect(participant.endpointDetails).toEqual([{ participantId: 'a1' }, { participantId: 'a2' }]);
    participants.apply(left('a1'));
    expect(participant.state).toBe('Connected');
    participants.apply(left('a2'));
    expect(participant.state).toBe('Disconnected');
    expect(updates.length).toBe(2);
  });

  test('has the identifier of the user', () => {
    participants.begin(new Roster('me', [person('a')]));
    expect(first().identifier).toEqual({
      kind: 'communicationUser',
      communicationUserId: '8:acs:r_a',
    });
  });

  test('is muted unless a microphone is on', () => {
    participants.begin(new Roster('me', [person('a')]));
    const participant = first();
    const heard = vi.fn();
    participant.on('isMutedChanged', heard);
    expect(participant.isMuted).toBe(true);
    participants.apply(changed('a', audio('t')));
    expect(participant.isMuted).toBe(false);
    participants.apply(changed('a', audio('t', TrackState.MUTED)));
    expect(participant.isMuted).toBe(true);
    expect(heard).toHaveBeenCalledTimes(2);
  });

  test('a video stream comes, pauses and goes', () => {
    participants.begin(new Roster('me', [person('a')]));
    const streams = vi.fn();
    first().on('videoStreamsUpdated', streams);
    participants.apply(changed('a', video('v')));
    const [stream] = first().videoStreams;
    expect(stream).toMatchObject({ mediaStreamType: 'Video', isAvailable: true });
    const available = vi.fn();
    stream?.on('isAvailableChanged', available);
    participants.apply(changed('a', video('v', TrackState.MUTED)));
    expect(stream?.isAvailable).toBe(false);
    participants.apply(changed('a', video('v')));
    participants.apply(changed('a', video('v', TrackState.OFF)));
    expect(first().videoStreams).toEqual([]);
    expect(stream?.isAvailable).toBe(false);
    expect(available).toHaveBeenCalledTimes(3);
    expect(streams).toHaveBeenCalledTimes(2);
    expect(connection.forget).toHaveBeenCalledWith('v');
  });

  test('asks for a video when somebody wants to see it, and stops when nobody does', async () => {
    participants.begin(new Roster('me', [person('a', 'a', [video('v')])]));
    const [stream] = participants.all[0]?.streams ?? [];
    expect(connection.want).not.toHaveBeenCalled();
    const acquiring = stream?.acquire();
    expect(connection.want).toHaveBeenCalledWith('v');
    connection.receiver.mockReturnValue({ track: {} });
    participants.tracksChanged();
    const lease = await acquiring;
    expect(connection.unwant).not.toHaveBeenCalled();
    lease?.release();
    lease?.release();
    expect(connection.unwant).toHaveBeenCalledOnce();
  });

  test('whoever waits for a video that ends is told so', async () => {
    participants.begin(new Roster('me', [person('a', 'a', [video('v')])]));
    const acquiring = participants.all[0]?.streams[0]?.acquire();
    const refused = expect(acquiring).rejects.toMatchObject({ code: 404 });
    participants.apply(left('a'));
    await refused;
  });

  test('speakers are told by user, loudest first', () => {
    participants.begin(new Roster('me', [person('a1', 'a'), person('b'), person('a2', 'a')]));
    const speakers = participants.setSpeakers(['b', 'a2', 'a1', 'me']);
    expect(speakers.map(({ displayName }) => displayName)).toEqual(['b', 'a']);
    expect(participants.all.map(({ isSpeaking }) => isSpeaking)).toEqual([true, true]);
    participants.setSpeakers([]);
    expect(participants.all.map(({ isSpeaking }) => isSpeaking)).toEqual([false, false]);
  });

  test('nobody is left when the call is over', () => {
    participants.begin(new Roster('me', [person('a'), person('b')]));
    participants.end();
    expect(participants.all).toEqual([]);
    expect(updates.at(-1)?.removed).toEqual(['a', 'b']);
  });
});
