/** What can come between an object and the folder that it is collected into. */
import { DeliveryRefused } from '../refusals';
import type { Algorithm } from './ports';

/** Why an object was not collected, or a run of collecting not begun; beside what every command of delivery may meet. */
export type CollectRefusal =
  /** What arrived does not come to the checksum that S3 holds. Nothing of it was kept. */
  | {
      readonly refused: 'wrong-bytes';
      readonly key: string;
      readonly algorithm: Algorithm;
      readonly stored: string;
      readonly read: string;
    }
  /** S3 holds no checksum that can be checked, so that nobody can say whether what arrived is whole. */
  | { readonly refused: 'no-checksum'; readonly key: string }
  /** Another version took its place meanwhile. It is collected next. */
  | { readonly refused: 'changed'; readonly key: string }
  /** It was there and is not any more: it was taken back. */
  | { readonly refused: 'gone'; readonly key: string }
  /** It could be read, and then not any more. */
  | { readonly refused: 'withdrawn'; readonly key: string }
  | {
      readonly refused: 'no-space';
      readonly folder: string;
      readonly needed: number;
      readonly free: number;
    }
  /** Thousands of files have its name already. */
  | { readonly refused: 'no-name'; readonly key: string }
  /** Another run collects into this folder. */
  | { readonly refused: 'folder-busy'; readonly folder: string; readonly by: string };

/** @throws DeliveryRefused always */
export function refuse(refusal: CollectRefusal, cause?: unknown): never {
  throw new DeliveryRefused<CollectRefusal>(refusal, cause === undefined ? undefined : { cause });
}
