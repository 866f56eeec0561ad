import { create } from '@bufbuild/protobuf';
import { beforeEach, describe, expect, test } from 'vitest';

import { OwnCapabilitiesFeature } from '../../sdk/features/Capabilities';
import { CaptionsFeature } from '../../sdk/features/Captions';
import { DominantSpeakersFeature } from '../../sdk/features/DominantSpeakers';
import { RecordingFeature, RecordingState } from '../../sdk/features/Recording';
import { TranscriptionFeature } from '../../sdk/features/Transcription';
import { TransferFeature } from '../../sdk/features/Transfer';
import {
  TransferOfferSchema,
  TransferStartedSchema,
  TransferUpdateSchema,
  TransferUpdate_State,
} from '../../sdk/generated/vaxel/signaling/v1/signaling_pb';
import { identifierFromRawId } from '../../sdk/identifiers';
import { FakeCall, heard, KIM, refusal } from './FakeCall';

let call: FakeCall;
beforeEach(() => {
  call = new FakeCall();
});

describe('Recording', () => {
  test('a recording appears, and ends', () => {
    const feature = new RecordingFeature(call.context);
    const updates = heard(feature, 'recordingsUpdated');
    call.internals.share({ recording: true });
    call.internals.share({ recording: true, lobby: true });
    const [recording] = feature.recordings;
    expect(feature.isRecordingActive).toBe(true);
    expect(recording?.state).toBe(RecordingState.Started);
    expect(updates).toEqual([{ added: [recording], removed: [] }]);
    call.internals.share({ recording: false });
    expect(recording?.state).toBe(RecordingState.Ended);
    expect(feature.recordings).toEqual([]);
    expect(updates[1]).toEqual({ added: [], removed: [recording] });
  });

  test('one that runs already is there from the start, and Teams consent is refused', async () => {
    call.internals.share({ recording: true });
    const feature = new RecordingFeature(call.context);
    expect(feature.isRecordingActive).toBe(true);
    expect(feature.isTeamsConsentRequired).toBe(false);
    await expect(feature.grantTeamsConsent()).rejects.toMatchObject({ code: 501 });
  });

  test('a disposed feature hears nothing more', () => {
    const feature = new RecordingFeature(call.context);
    feature.dispose();
    call.internals.share({ recording: true });
    expect(feature.isRecordingActive).toBe(false);
  });
});

test('transcription follows the state of the call', () => {
  const feature = new TranscriptionFeature(call.context);
  const changes = heard(feature, 'isTranscriptionActiveChanged');
  call.internals.share({ transcription: true });
  expect(feature.isTranscriptionActive).toBe(true);
  call.internals.share({ transcription: false });
  expect(changes).toHaveLength(2);
});

describe('Captions', () => {
  test('starting asks for the language as BCP 47 writes it, and the state follows the server', async () => {
    const { captions } = new CaptionsFeature(call.context);
    const active = heard(captions, 'CaptionsActiveChanged');
    const language = heard(captions, 'SpokenLanguageChanged');
    await captions.startCaptions({ spokenLanguage: 'de-de' });
    expect(call.internals.last('setCaptions')).toMatchObject({
      active: true,
      spokenLanguage: 'de-DE',
    });
    expect(captions.isCaptionsFeatureActive).toBe(false);
    call.internals.share({ captions: { active: true, spokenLanguage: 'de-DE' } });
    expect(captions.isCaptionsFeatureActive).toBe(true);
    expect(captions.activeSpokenLanguage).toBe('de-de');
    expect(active).toHaveLength(1);
    expect(language).toHaveLength(1);
    await captions.setSpokenLanguage('fr-FR');
    expect(call.internals.last('setCaptions').spokenLanguage).toBe('fr-FR');
    await captions.stopCaptions();
    expect(call.internals.last('setCaptions').active).toBe(false);
  });

  test('an unknown language, and a language while captions are off, are refused', async () => {
    const { captions } = new CaptionsFeature(call.context);
    const unknown = { spokenLanguage: 'xx-yy' };
    await expect(captions.startCaptions(unknown)).rejects.toMatchObject({ code: 400 });
    await expect(captions.setSpokenLanguage('en-us')).rejects.toMatchObject({ code: 409 });
    expect(call.internals.requests).toEqual([]);
  });
});

test('dominant speakers are those the server hears', () => {
  const feature = new DominantSpeakersFeature(call.context);
  call.internals.become({ participantId: 'p-kim', userId: KIM });
  const kim = call.internals.participantByUser(identifierFromRawId(KIM));
  call.internals.emit('speakersChanged', kim === undefined ? [] : [kim]);
  expect(feature.dominantSpeakers.speakersList).toEqual([identifierFromRawId(KIM)]);
});

describe('Capabilities', () => {
  test('nothing is initialized before the call is joined', () => {
    call.internals.self = undefined;
    const { capabilities } = new OwnCapabilitiesFeature(call.context);
    expect(capabilities.shareScreen).toEqual({ isPresent: false, reason: 'NotInitialized' });
  });

  test('reasons tell what the role takes, what is of Teams, and what does not apply', () => {
    call.internals.capabilities = new Set(['turnVideoOn']);
    const feature = new OwnCapabilitiesFeature(call.context);
    expect(feature.capabilities).toMatchObject({
      turnVideoOn: { isPresent: true, reason: 'Capable' },
      startTogetherMode: { isPresent: false, reason: 'FeatureNotSupported' },
      shareScreen: { isPresent: false, reason: 'CapabilityNotApplicableForTheCallType' },
    });
    expect(Object.keys(feature.capabilities)).toHaveLength(25);
  });

  test('a lesser role is told with what it changes, and nothing else', () => {
    call.internals.capabilities = new Set(['turnVideoOn', 'shareScreen']);
    call.role = 'Presenter';
    const feature = new OwnCapabilitiesFeature(call.context);
    const changes = heard(feature, 'capabilitiesChanged');
    call.role = 'Attendee';
    call.internals.capabilities = new Set(['turnVideoOn']);
    call.internals.emit('capabilitiesUpdated');
    call.internals.emit('selfUpdated');
    expect(changes).toHaveLength(1);
    expect(changes[0]?.reason).toBe('RoleChanged');
    expect(changes[0]?.oldValue.shareScreen).toEqual({ isPresent: true, reason: 'Capable' });
    expect(changes[0]?.newValue.shareScreen).toEqual({
      isPresent: false,
      reason: 'RoleRestricted',
    });
    expect(changes[0]?.newValue.turnVideoOn).toBeUndefined();
  });
});

describe('Transfer', () => {
  const KIM_ID = { communicationUserId: KIM };

  function started(): void {
    const value = create(TransferStartedSchema, { transferId: 't-1' });
    call.internals.answers.push({ case: 'transferStarted', value });
  }

  function update(state: TransferUpdate_State, code = 0, subCode = 0): void {
    const value = create(TransferUpdateSchema, { transferId: 't-1', state, code, subCode });
    call.internals.say({ case: 'transferUpdate', value });
  }

  test('goes from none to transferring to transferred', async () => {
    started();
    const feature = new TransferFeature(call.context);
    const transfer = feature.transfer({ targetParticipant: KIM_ID });
    const states: string[] = [];
    transfer.on('stateChanged', () => states.push(transfer.state));
    expect(transfer.state).toBe('None');
    expect(call.internals.last('transferCall').target).toEqual({ case: 'targetUser', value: KIM });
    await Promise.resolve();
    await Promise.resolve();
    update(TransferUpdate_State.TRANSFERRING);
    update(TransferUpdate_State.TRANSFERRED);
    update(TransferUpdate_State.FAILED);
    expect(states).toEqual(['Transferring', 'Transferred']);
  });

  test('a failure tells its reason', async () => {
    started();
    const feature = new TransferFeature(call.context);
    const transfer = feature.transfer({ targetCallId: 'other' });
    await Promise.resolve();
    await Promise.resolve();
    update(TransferUpdate_State.FAILED, 408, 10004);
    expect(transfer.state).toBe('Failed');
    expect(transfer.error).toEqual({ code: 408, subCode: 10004 });
  });

  test('a refusal by the server fails it', async () => {
    call.internals.answers.push(refusal(409, 40906));
    const transfer = new TransferFeature(call.context).transfer({ targetParticipant: KIM_ID });
    await Promise.resolve();
    await Promise.resolve();
    expect(transfer.state).toBe('Failed');
    expect(transfer.error).toEqual({ code: 409, subCode: 40906 });
  });

  test('a voicemail is of Teams', () => {
    const target = { targetParticipantVoicemail: { microsoftTeamsUserId: 'a' } };
    expect(() => new TransferFeature(call.context).transfer(target)).toThrow(/Teams/);
    expect(call.internals.requests).toEqual([]);
  });

  test('who is transferred hears of the call that takes the place of this one', () => {
    const feature = new TransferFeature(call.context);
    const accepted = heard(feature, 'transferAccepted');
    call.internals.offerTransfer(create(TransferOfferSchema, { transferId: 't-2' }));
    expect(accepted).toEqual([{ targetCall: call.internals.transferred[0] }]);
  });
});
