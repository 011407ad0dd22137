/** What exports take of a contract beside its plan: words for people, said structurally. */
import type { OdcsDocument, OdcsObject, OdcsProperty } from '../compile';

/** A property with its words. */
export interface DescribedProperty extends OdcsProperty {
  readonly businessName?: string | undefined;
  readonly description?: string | undefined;
  readonly classification?: string | undefined;
  readonly criticalDataElement?: boolean | undefined;
  readonly examples?: readonly unknown[] | undefined;
  readonly authoritativeDefinitions?: readonly { readonly url: string; readonly type: string }[] | undefined;
}

/** An object with its words. */
export interface DescribedObject extends OdcsObject {
  readonly businessName?: string | undefined;
  readonly description?: string | undefined;
}

/** A contract with its words. */
export interface DescribedContract extends OdcsDocument {
  readonly name?: string | undefined;
  readonly domain?: string | undefined;
  readonly status: string;
  readonly tags?: readonly string[] | undefined;
  readonly description?:
    | {
        readonly purpose?: string | undefined;
        readonly limitations?: string | undefined;
        readonly usage?: string | undefined;
      }
    | undefined;
  readonly support?: readonly { readonly channel: string; readonly url?: string | undefined }[] | undefined;
  readonly slaProperties?:
    | readonly {
        readonly property: string;
        readonly value: unknown;
        readonly unit?: string | undefined;
        readonly description?: string | undefined;
      }[]
    | undefined;
}

/** The words of a column, by its place in the object. */
export function propertyAt(object: DescribedObject | undefined, index: number): DescribedProperty {
  return (object?.properties?.[index] ?? {}) as DescribedProperty;
}
