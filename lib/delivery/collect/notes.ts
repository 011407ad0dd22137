/** What was written down of earlier runs: what is here already, and what was left unfinished. */
import type { ListedObject } from '../store';
import type { Noted } from './ports';

/** The notes of a folder, as they were and with those that are added. */
export class Notes {
  private readonly placingOf = new Map<string, Noted>();
  private readonly collectedOf = new Map<string, Noted>();
  private readonly byListing = new Map<string, Noted>();
  private readonly handedOn = new Set<string>();
  private readonly receipted = new Set<string>();

  constructor(noted: Iterable<Noted>) {
    for (const each of noted) this.add(each);
  }

  add(noted: Noted): void {
    const id = versionId(noted);
    if (noted.what === 'placing') this.placingOf.set(id, noted);
    else if (noted.what === 'handed-on') this.handedOn.add(id);
    else if (noted.what === 'receipted') this.receipted.add(id);
    else {
      this.placingOf.delete(id);
      this.collectedOf.set(id, noted);
      this.byListing.set(listingId(noted.agreement, noted.key, noted.etag, noted.deposited), noted);
    }
  }

  /** What a listing shows and was collected before. A listing names no version: entity tag and time stand for it. */
  ofListed(agreement: string, { key, etag, modified }: ListedObject): Noted | undefined {
    return this.byListing.get(listingId(agreement, key, etag, modified));
  }

  collected(of: VersionName): Noted | undefined {
    return this.collectedOf.get(versionId(of));
  }

  /** A version that was about to get its name when the run ended. */
  placing(of: VersionName): Noted | undefined {
    const id = versionId(of);
    return this.collectedOf.has(id) ? undefined : this.placingOf.get(id);
  }

  /** What a command is still to be run on, in the order in which it was collected. */
  get toHandOn(): Noted[] {
    return [...this.collectedOf].flatMap(([id, noted]) =>
      noted.handOn && !this.handedOn.has(id) ? [noted] : [],
    );
  }

  /** Of what there is no receipt yet, in the order in which it was collected. */
  get toReceipt(): Noted[] {
    return [...this.collectedOf].flatMap(([id, noted]) => (this.receipted.has(id) ? [] : [noted]));
  }

  /** Everything that was collected, in that order. */
  get all(): Noted[] {
    return [...this.collectedOf.values()];
  }
}

/** Names one version. */
interface VersionName {
  readonly agreement: string;
  readonly key: string;
  readonly version: string;
}

function versionId({ agreement, key, version }: VersionName): string {
  return JSON.stringify([agreement, key, version]);
}

function listingId(agreement: string, key: string, etag: string, deposited: number): string {
  return JSON.stringify([agreement, key, etag, deposited]);
}
