/** What the notifier’s logic needs of the world; AWS and GOV.UK Notify stand behind these. By *post* is meant Notify, or SNS. */
import type { Mark } from '../../lib/wire';

/** What a notice says: each has a template of its own. */
export type NoticeKind = 'waits' | 'reminder' | 'notDelivered';

/** What a template’s fields are filled with: no name of a person, nothing of what is in a message. */
type Personalisation = Readonly<Record<string, string>>;

/** One e-mail to one mailbox. */
export interface Notice {
  /** Names it for good, also at GOV.UK Notify: the transfer, what it says and the inbox. */
  readonly reference: string;
  readonly kind: NoticeKind;
  readonly mailbox: string;
  readonly personalisation: Personalisation;
  /** The object and the key of the deposit’s mark: what it is about, to be looked at once more before it is sent. */
  readonly object: string;
  readonly mark: string;
  /** When it came about, and from when on it is of no use, in milliseconds since 1970. */
  readonly due: number;
  readonly lapses: number;
}

/** A notice that was not sent yet, as the table has it. */
export interface Unsent extends Notice {
  /** Until when a run has it to itself, in milliseconds since 1970; 0 if none ever had. */
  readonly takenUntil: number;
  /** When the post last refused it, in milliseconds since 1970; 0 if it never did. */
  readonly refused: number;
}

/** A notice in the table that is not as this notifier writes it: another version may have kept it. */
export interface Unreadable extends Pick<Unsent, 'reference' | 'takenUntil'> {
  /** Why, without anything that is in it. */
  readonly unreadable: string;
}

/**
 * How a notice ended: the post has it; it was surely not sent, since it is not true now; it came too late; or it may have been
 * sent and nobody can say.
 */
export type Ending = 'sent' | 'untrue' | 'too-late' | 'unknown';

/** What is known of transfers. Nothing here changes any. */
export interface Transfers {
  /**
   * Those that are not over: the object, and the key of the deposit’s mark.
   * @param turn where to begin: if one run has not the time for all, the next begins elsewhere
   */
  open(turn: number): AsyncIterable<{ readonly object: string; readonly mark: string }>;
  marksOf(object: string): Promise<Mark[]>;
}

/** What is to be told, and was. Each write is one condition and one item, so that two runs never both succeed. */
export interface Notices {
  /** Keeps a notice, unless one of its reference is there, sent or not. What ended as untrue is kept anew: it is true again. */
  keep(notice: Notice): Promise<void>;
  /** Those that are not sent, earliest first; one that was just kept may be missing. */
  unsent(): AsyncIterable<Unsent | Unreadable>;
  /** Takes it for a run, until a moment. Returns whether it was still as it was read. */
  take(notice: Pick<Unsent, 'reference' | 'takenUntil'>, until: number): Promise<boolean>;
  /** Gives back what was surely not sent, as if no run had ever had it. @param refused as in `Unsent` */
  giveBack(reference: string, until: number, refused: number): Promise<void>;
  /** Ends it. Its reference stays, so that it is not kept again unless it was untrue. */
  end(reference: string, ending: Ending): Promise<void>;
}

/** What came of asking the post to send. */
export type Posted =
  | { readonly outcome: 'accepted' }
  /** It said no to this notice: surely not sent. */
  | { readonly outcome: 'refused'; readonly why: string }
  /** It takes none now, of whatever notice, for a while or for today, or knows no such key: surely not sent. */
  | { readonly outcome: 'takes-none'; readonly why: string }
  /** No answer that settles it: it may be sent. */
  | { readonly outcome: 'unknown'; readonly why: string };

/** GOV.UK Notify, or SNS. */
export interface Post {
  send(notice: Notice): Promise<Posted>;
  /** Whether it has a notice of this reference; `unknown` where it keeps none. @throws where it gives no answer */
  has(reference: string): Promise<boolean | 'unknown'>;
}
