/** The client: what commands take of it. */
export { type Client, type ClientSetting, type OpenStore, openClient, refusalOf } from './client';
export { type Ending, endingOf } from './exit';
export { bytesInWords, Meter, type MeterOutlet, timeInWords } from './meter';
export { PROFILE_VARIABLE } from './profile-file';
export { STATE_VARIABLE, StateFolder, statePlace } from './state-folder';
export { type RefusalText, sharedText } from './words/refusals';
