/**
 * What compiling takes of an ODCS 3.1 document: its shape, said structurally, so that whoever has read one can hand it in. What
 * is not named here is in the table of elements all the same: nothing of a document is passed over.
 */

/** A part of the document with settings of which some are not the standard’s. */
interface Customised {
  readonly customProperties?: readonly { readonly property: string; readonly value?: unknown }[] | undefined;
}

/** A check on the data (ODCS Data Quality), of any type. */
export interface OdcsCheck extends Customised {
  readonly type?: string | undefined;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly severity?: string | undefined;
  readonly unit?: string | undefined;
  readonly metric?: string | undefined;
  readonly rule?: string | undefined;
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
  readonly engine?: string | undefined;
  readonly implementation?: unknown;
  readonly mustBe?: unknown;
  readonly mustNotBe?: unknown;
  readonly mustBeGreaterThan?: unknown;
  readonly mustBeGreaterOrEqualTo?: unknown;
  readonly mustBeLessThan?: unknown;
  readonly mustBeLessOrEqualTo?: unknown;
  readonly mustBeBetween?: unknown;
  readonly mustNotBeBetween?: unknown;
}

/** How properties point at others (ODCS References). */
export interface OdcsRelationship extends Customised {
  readonly from?: string | readonly string[] | undefined;
  readonly to: string | readonly string[];
}

/** A column or field (ODCS Schema, properties), or what each item of a list is. */
export interface OdcsProperty extends Customised {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly physicalName?: string | undefined;
  readonly logicalType?: string | undefined;
  readonly logicalTypeOptions?: object | undefined;
  readonly required?: boolean | undefined;
  readonly unique?: boolean | undefined;
  readonly primaryKey?: boolean | undefined;
  readonly primaryKeyPosition?: number | undefined;
  readonly quality?: readonly OdcsCheck[] | undefined;
  readonly relationships?: readonly OdcsRelationship[] | undefined;
  readonly properties?: readonly OdcsProperty[] | undefined;
  readonly items?: OdcsProperty | undefined;
}

/** A table, file or message (ODCS Schema, objects). */
export interface OdcsObject extends Customised {
  readonly id?: string | undefined;
  readonly name: string;
  readonly physicalName?: string | undefined;
  readonly dataGranularityDescription?: string | undefined;
  readonly quality?: readonly OdcsCheck[] | undefined;
  readonly relationships?: readonly OdcsRelationship[] | undefined;
  readonly properties?: readonly OdcsProperty[] | undefined;
}

/** A data contract. */
export interface OdcsDocument extends Customised {
  readonly id: string;
  readonly version: string;
  readonly schema?: readonly OdcsObject[] | undefined;
}

/** The value of a custom property, or nothing where it is not given. */
export function customValue(part: Customised, name: string): unknown {
  return part.customProperties?.find(({ property }) => property === name)?.value;
}
