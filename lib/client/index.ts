/** The client: what commands take of it. */
export { checksumsHere } from './checksums';
export { type Client, type ClientSetting, type OpenStore, openClient, refusalOf } from './client';
export { DESK_FOLDER, type HeldDesk, notedIn, openDesk } from './desk';
export { type Ending, endingOf } from './exit';
export { commandWords, runOn } from './hand-on';
export { bytesInWords, Meter, type MeterOutlet, timeInWords } from './meter';
export { PROFILE_VARIABLE } from './profile-file';
export { STATE_VARIABLE, StateFolder, statePlace } from './state-folder';
export { collectEnding, collectText } from './words/collect';
export { momentWords } from './words/moment';
export { type RefusalText, sharedText } from './words/refusals';
