// What an application of the ACS calling SDK looks like, one part for each part of the surface. It is compiled twice, and never
// run: the import leads to the original's declarations, and then to ours.

import type {
  AudioDeviceInfo,
  BackgroundBlurEffect,
  Call,
  CallAgent,
  CallAgentOptions,
  CallClientOptions,
  CallFeature,
  CallFeatureContext,
  CallFeatureFactory,
  CallState,
  CapabilitiesChangeInfo,
  CollectionUpdatedEvent,
  CommunicationServicesError,
  DataChannelReceiver,
  DeviceManager,
  DtmfTone,
  GroupCallLocator,
  IncomingCall,
  IncomingCallEvent,
  JoinCallOptions,
  LatestMediaDiagnostics,
  MediaDiagnosticChangedEventArgs,
  MediaStatsReportSample,
  MediaStatsReportSummary,
  NetworkDiagnosticChangedEventArgs,
  ParticipantRole,
  PropertyChangedEvent,
  RaisedHand,
  ReactionEventPayload,
  RecordingInfo,
  RemoteAudioStream,
  RemoteParticipant,
  RemoteVideoStream,
  RoomCallLocator,
  SpotlightedParticipant,
  StartCallOptions,
  Transfer,
  TransferEventArgs,
  VideoDeviceInfo,
  VideoStreamRendererView,
} from '@azure/communication-calling';
import {
  CallAgentKind,
  CallClient,
  CallKind,
  DevicePermissionAccess,
  DiagnosticQuality,
  disconnectCategoryMap,
  Features,
  IncomingCallKind,
  LocalAudioStream,
  LocalVideoStream,
  RecordingState,
  VideoStreamRenderer,
  WbLocalVideoStream,
} from '@azure/communication-calling';
import type { CommunicationIdentifier } from '@azure/communication-common';
import { AzureCommunicationTokenCredential, getIdentifierRawId } from '@azure/communication-common';

/** Everything is written down here instead of shown. */
const log: unknown[] = [];

async function signIn(token: string): Promise<CallAgent> {
  const options: CallClientOptions = { diagnostics: { appName: 'test', tags: ['a'] } };
  const client = new CallClient(options);
  const { environment, isSupportedEnvironment } = await client
    .feature(Features.DebugInfo)
    .getEnvironmentInfo();
  log.push(environment.browser, isSupportedEnvironment);
  const agentOptions: CallAgentOptions = { displayName: 'Kim' };
  const credential = new AzureCommunicationTokenCredential(token);
  const agent = await client.createCallAgent(credential, agentOptions);
  log.push(agent.kind === CallAgentKind.CallAgent, agent.displayName, agent.connectionState);
  agent.on('connectionStateChanged', ({ oldValue, newValue, reason }) => {
    log.push(oldValue, newValue, reason === 'invalidToken');
  });
  agent.on('callsUpdated', ({ added, removed }) => {
    added.forEach((call) => log.push(call.id));
    removed.forEach((call) => log.push(call.callEndReason?.subCode));
  });
  const onIncoming: IncomingCallEvent = ({ incomingCall }) => void answer(incomingCall);
  agent.on('incomingCall', onIncoming);
  agent.off('incomingCall', onIncoming);
  return agent;
}

async function answer(incoming: IncomingCall): Promise<void> {
  log.push(incoming.kind === IncomingCallKind.IncomingCall, incoming.id);
  const caller = incoming.callerInfo.identifier;
  log.push(caller && getIdentifierRawId(caller), incoming.customContext?.voipHeaders?.[0]?.value);
  incoming.on('callEnded', ({ callEndReason }) => log.push(callEndReason.code));
  if (incoming.transferorInfo === undefined) {
    await incoming.reject();
  } else {
    watch(await incoming.accept({ audioOptions: { muted: true } }));
  }
}

function begin(agent: CallAgent, camera: LocalVideoStream): Call[] {
  const join: JoinCallOptions = { videoOptions: { localVideoStreams: [camera] } };
  const group: GroupCallLocator = { groupId: '29228d3e-040e-4656-a70e-890ab4e173e5' };
  const room: RoomCallLocator = { roomId: '99445276259151407' };
  const start: StartCallOptions = {
    ...join,
    alternateCallerId: { phoneNumber: '+15550100' },
    customContext: { userToUser: 'a', sipHeaders: [{ key: 'X-MS-Custom-A', value: '1' }] },
  };
  return [
    agent.join(group, join),
    agent.join(room),
    agent.join({ meetingLink: 'https://teams.example' }),
    agent.startCall([{ communicationUserId: '8:acs:a_b' }], start),
    agent.startCall([{ phoneNumber: '+15550101' }], start),
  ];
}

function watch(call: Call): void {
  const changed: PropertyChangedEvent = () => {
    const state: CallState = call.state;
    const role: ParticipantRole = call.role;
    log.push(state, role, call.kind === CallKind.Call, call.direction, call.isMuted);
    if (call.state === 'Disconnected') {
      log.push(call.callEndReason?.code, call.callEndReason?.subCode);
    }
  };
  call.on('stateChanged', changed);
  call.on('idChanged', changed);
  call.on('roleChanged', changed);
  call.on('mutedByOthers', changed);
  call.on('callerInfoChanged', changed);
  call.off('stateChanged', changed);
  const people: CollectionUpdatedEvent<RemoteParticipant> = ({ added, removed }) => {
    added.forEach(watchParticipant);
    removed.forEach((participant) => log.push(participant.callEndReason?.code));
  };
  call.on('remoteParticipantsUpdated', people);
  call.remoteParticipants.forEach(watchParticipant);
  call.on('localVideoStreamsUpdated', ({ added }) => log.push(added[0]?.mediaStreamType));
  call.on('remoteAudioStreamsUpdated', ({ added }) => {
    added.forEach((it) => {
      void listen(it);
    });
  });
  call.info.onCallInfoChanged('callInfoChanged', changed);
  log.push(call.info.groupId, call.info.participantId, call.callerInfo.displayName);
}

async function use(call: Call, camera: LocalVideoStream): Promise<void> {
  await call.mute();
  await call.unmute();
  await call.muteIncomingAudio();
  await call.unmuteIncomingAudio();
  await call.muteAllRemoteParticipants();
  await call.startVideo(camera);
  await call.stopVideo(camera);
  await call.startScreenSharing();
  await call.stopScreenSharing();
  await call.hold();
  await call.resume();
  await call.setConstraints({ video: { send: { frameHeight: { max: 360 } } } });
  const tone: DtmfTone = 'Num5';
  await call.sendDtmf(tone);
  log.push(await call.info.getServerCallId());
  const added = call.addParticipant({ communicationUserId: '8:acs:a_c' });
  call.addParticipant(
    { phoneNumber: '+15550102' },
    { alternateCallerId: { phoneNumber: '+1555' } },
  );
  await call.removeParticipant(added.identifier);
  call.lobby.on('lobbyParticipantsUpdated', (update) => log.push(update.added.length));
  for (const waiting of call.lobby.participants) {
    await call.lobby.admit(waiting.identifier);
    await call.lobby.reject(waiting.identifier);
  }
  const { successCount, failureCount } = await call.lobby.admitAll();
  log.push(successCount, failureCount);
  try {
    await call.hangUp({ forEveryone: true });
  } catch (error) {
    const { code, subCode, message } = error as CommunicationServicesError;
    log.push(code, subCode, message);
  }
  call.dispose();
}

function watchParticipant(participant: RemoteParticipant): void {
  const { identifier } = participant;
  switch (identifier.kind) {
    case 'communicationUser':
      log.push(identifier.communicationUserId);
      break;
    case 'phoneNumber':
      log.push(identifier.phoneNumber);
      break;
    default:
      log.push(getIdentifierRawId(identifier));
  }
  participant.on('stateChanged', () => log.push(participant.state === 'Hold'));
  participant.on('displayNameChanged', () => log.push(participant.displayName));
  participant.on('isSpeakingChanged', () => log.push(participant.isSpeaking));
  participant.on('videoStreamsUpdated', ({ added }) => {
    added.forEach((it) => {
      void show(it);
    });
  });
  log.push(participant.endpointDetails[0]?.participantId, participant.role);
  void participant.mute();
}

async function show(stream: RemoteVideoStream): Promise<void> {
  const renderer = new VideoStreamRenderer(stream);
  const update = async (): Promise<void> => {
    if (stream.isAvailable) {
      const view: VideoStreamRendererView = await renderer.createView({
        scalingMode: 'Fit',
        isMirrored: false,
      });
      document.body.appendChild(view.target);
      await view.updateScalingMode('Crop');
      log.push(view.scalingMode, view.isMirrored, stream.size.width);
    } else {
      renderer.dispose();
    }
  };
  stream.on('isAvailableChanged', () => void update());
  stream.on('isReceivingChanged', () => log.push(stream.isReceiving));
  stream.on('sizeChanged', () => log.push(stream.size));
  await update();
  log.push(stream.id, stream.mediaStreamType === 'ScreenSharing');
  log.push((await stream.getMediaStream()).getVideoTracks().length);
}

async function listen(stream: RemoteAudioStream): Promise<void> {
  const volume = await stream.getVolume();
  volume.on('levelChanged', () => log.push(volume.level));
  log.push((await stream.getMediaStream()).id);
}

async function devices(client: CallClient): Promise<void> {
  const manager: DeviceManager = await client.getDeviceManager();
  const { audio, video } = await manager.askDevicePermission({ audio: true, video: true });
  log.push(audio, video, DevicePermissionAccess.Granted);
  const cameras: VideoDeviceInfo[] = await manager.getCameras();
  const microphones: AudioDeviceInfo[] = await manager.getMicrophones();
  manager.on('videoDevicesUpdated', ({ added }) => log.push(added[0]?.deviceType === 'UsbCamera'));
  manager.on('selectedMicrophoneChanged', () => log.push(manager.selectedMicrophone?.name));
  await manager.startPreheatDevices({ audio: { preheat: true, timeoutInSec: 5 } });
  manager.stopPreheatDevices({ audio: true });
  const [camera] = cameras;
  const [microphone] = microphones;
  if (camera === undefined || microphone === undefined) {
    return;
  }
  await manager.selectMicrophone(microphone);
  const own = new LocalVideoStream(camera, { autoDisposeOnCallEnd: false });
  own.on('videoSourceChanged', ({ source }) => log.push(source.source.id));
  await own.switchSource(camera);
  await own.setMediaStream(new MediaStream());
  const voice = new LocalAudioStream(microphone);
  voice.on('audioSourceChanged', ({ source }) => log.push(source.source.name));
  log.push((await voice.getVolume()).level);
  const raw = new WbLocalVideoStream(camera);
  raw.on('sourceChanged', (track) => log.push(track.label));
  log.push((await raw.getVideoTrack()).id);
  const effects = own.feature(Features.VideoEffects);
  effects.on('effectsStarted', (names) => log.push(names.includes('BackgroundBlur')));
  effects.on('effectsError', ({ code, message }) => log.push(code, message));
  const blur = undefined as unknown as BackgroundBlurEffect;
  if (await effects.isSupported(blur)) {
    await effects.startEffects(blur);
    await effects.stopEffects();
  }
  const sound = voice.feature(Features.AudioEffects);
  await sound.startEffects({ noiseSuppression: 'BrowserNoiseSuppression' });
  log.push(sound.activeEffects.noiseSuppression.length);
  await sound.stopEffects({ noiseSuppression: true });
}

function states(call: Call): void {
  const recording = call.feature(Features.Recording);
  recording.on('recordingsUpdated', ({ added }) => {
    added.forEach((it: RecordingInfo) => log.push(it.state === RecordingState.Started));
  });
  log.push(recording.isRecordingActive, recording.isTeamsConsentRequired);
  const transcription = call.feature(Features.Transcription);
  transcription.on('isTranscriptionActiveChanged', () => log.push(transcription.name));
  const { captions } = call.feature(Features.Captions);
  log.push(captions.kind === 'Captions', captions.supportedSpokenLanguages.length);
  void captions.startCaptions({ spokenLanguage: 'en-us' });
  const transfer = call.feature(Features.Transfer);
  transfer.on('transferAccepted', ({ targetCall }: TransferEventArgs) => log.push(targetCall.id));
  const running: Transfer = transfer.transfer({ targetCallId: 'a' });
  running.on('stateChanged', () => log.push(running.state === 'Failed', running.error?.code));
  transfer.transfer({ targetParticipant: { communicationUserId: '8:acs:a_b' } });
  const speakers = call.feature(Features.DominantSpeakers);
  speakers.on('dominantSpeakersChanged', () => log.push(speakers.dominantSpeakers.speakersList[0]));
  const count = call.feature(Features.OptimalVideoCount);
  count.on('optimalVideoCountChanged', () => log.push(count.optimalVideoCount));
  const capabilities = call.feature(Features.Capabilities);
  capabilities.on('capabilitiesChanged', ({ newValue, reason }: CapabilitiesChangeInfo) => {
    log.push(newValue.shareScreen?.isPresent, reason === 'RoleChanged');
  });
  log.push(capabilities.capabilities.turnVideoOn.reason === 'Capable');
}

async function together(call: Call, other: CommunicationIdentifier): Promise<void> {
  const hands = call.feature(Features.RaiseHand);
  hands.on('raisedHandEvent', ({ identifier }) => log.push(getIdentifierRawId(identifier)));
  hands.on('loweredHandEvent', ({ identifier }) => log.push(getIdentifierRawId(identifier)));
  await hands.raiseHand();
  const raised: RaisedHand[] = hands.getRaisedHands();
  await hands.lowerHands(raised.map(({ identifier }) => identifier));
  const reactions = call.feature(Features.Reaction);
  reactions.on('reaction', ({ reactionMessage }: ReactionEventPayload) => {
    log.push(reactionMessage.reactionType === 'heart');
  });
  await reactions.sendReaction({ reactionType: 'like' });
  const spotlight = call.feature(Features.Spotlight);
  spotlight.on('spotlightChanged', ({ added }) => log.push(added[0]?.order));
  await spotlight.startSpotlight([other]);
  const lit: SpotlightedParticipant[] = spotlight.getSpotlightedParticipants();
  log.push(lit.length, spotlight.maxParticipantsToSpotlight);
  await spotlight.stopAllSpotlight();
  const text = call.feature(Features.RealTimeText);
  text.on('realTimeTextReceived', (info) => log.push(info.sender.displayName, info.isLocal));
  await text.sendRealTimeText('hel');
  await text.sendRealTimeText('hello', true);
  const access = call.feature(Features.MediaAccess);
  access.on('mediaAccessChanged', ({ mediaAccesses }) => log.push(mediaAccesses[0]?.participant));
  await access.forbidAudio([other]);
  await access.permitOthersVideo();
  log.push(access.getAllOthersMediaAccess().length, access.getMeetingMediaAccess());
  const data = call.feature(Features.DataChannel);
  data.on('dataChannelReceiverCreated', (receiver: DataChannelReceiver) => {
    receiver.on('messageReady', () => log.push(receiver.readMessage()?.data.length));
    receiver.on('close', () => log.push(receiver.channelId));
  });
  const sender = data.createDataChannelSender({ channelId: 7, reliability: 'Lossy' });
  sender.setParticipants([other]);
  await sender.sendMessage(new Uint8Array(sender.maxMessageSize));
  sender.close();
}

async function quality(call: Call): Promise<void> {
  const { network, media, remote } = call.feature(Features.UserFacingDiagnostics);
  network.on('diagnosticChanged', (change: NetworkDiagnosticChangedEventArgs) => {
    log.push(change.diagnostic === 'networkReconnect' && change.value === DiagnosticQuality.Bad);
  });
  media.on('diagnosticChanged', (change: MediaDiagnosticChangedEventArgs) => {
    log.push(change.valueType === 'DiagnosticFlag' && change.value === true);
  });
  const latest: LatestMediaDiagnostics = media.getLatest();
  log.push(latest.cameraFreeze?.value);
  remote.on('diagnosticChanged', ({ diagnostics }) => log.push(diagnostics[0]?.rawId));
  remote.startSendingDiagnostics();
  const collector = call.feature(Features.MediaStats).createCollector({ aggregationInterval: 5 });
  collector.on('sampleReported', (sample: MediaStatsReportSample) => {
    log.push(sample.video.send[0]?.frameRateSent, sample.audio.receive[0]?.jitterInMs);
  });
  collector.on('summaryReported', (summary: MediaStatsReportSummary) => {
    log.push(summary.screenShare.receive[0]?.bitrate?.aggregation?.max[0]);
  });
  collector.dispose();
  const survey = await call.feature(Features.CallSurvey).submitSurvey({
    overallRating: { score: 4 },
    audioRating: { score: 2, issues: ['Echo'] },
    videoRating: { score: 50, scale: { lowerBound: 0, upperBound: 100, lowScoreThreshold: 40 } },
  });
  log.push(survey.id, survey.callId, disconnectCategoryMap.timeout === 'Unexpected');
}

function teams(call: Call): void {
  log.push(call.feature(Features.PPTLive).isActive);
  log.push(call.feature(Features.BreakoutRooms).breakoutRooms?.length);
  log.push(call.feature(Features.TogetherMode).togetherModeStream.length);
  void call
    .feature(Features.TeamsMeetingAudioConferencing)
    .getTeamsMeetingAudioConferencingDetails();
}

/** An application's own feature. */
class CountingFeature implements CallFeature {
  readonly name = 'Counting';
  readonly #context: CallFeatureContext;

  constructor(context: CallFeatureContext) {
    this.#context = context;
  }

  get count(): number {
    return this.#context.call.remoteParticipants.length;
  }

  dispose(): void {
    log.push('disposed');
  }
}

function count(call: Call): number {
  const factory: CallFeatureFactory<CountingFeature> = { callApiCtor: CountingFeature };
  return call.feature(factory).count;
}

export const application = {
  signIn,
  begin,
  use,
  devices,
  states,
  together,
  quality,
  teams,
  count,
};
