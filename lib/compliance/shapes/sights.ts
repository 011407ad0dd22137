/**
 * What a rule may come to see in a template that it is asked about: what is no resource; a resource, with what it refers to; the
 * same with what refers to it or waits for it; and two resources of one type, with whether they have the same value where names
 * stand, in one property or in two. Of all templates in which the same is to be seen, one is enough.
 *
 * Of what a resource waits for, the type belongs to it, the condition and all else beside properties: `DependsOn` says in which order
 * things are made, and hands over nothing of them. Of these, too, two that are the same stand for more.
 */
import { byTwos, type LabelledResource, type Shape } from './template-shape';

/** What is seen: nothing but a resource, whose names may be of any length, or several that belong together. */
type SightKind = 'sections' | 'own' | 'with referrers' | 'two';

/** One of the things to be seen in a template. What resources refer to belongs to each. */
export interface Sight {
  readonly kind: SightKind;
  /** Equal where the same is to be seen, among all shapes that one `Shapes` found. */
  readonly key: string;
  /** The logical ids of the resources in which it is seen. */
  readonly ids: readonly string[];
}

/** What is to be seen in a template, each once. */
export function sightsIn({ sections, resources }: Shape): Sight[] {
  const sights = new Map<string, Sight>();
  const see: See = (kind, key, ids) => {
    if (!sights.has(key)) sights.set(key, { kind, key, ids });
  };
  see('sections', sectionsKey(sections), []);
  const types = new Map<string, Map<number, Group>>();
  for (const [id, resource] of resources) {
    see('own', ownKey(resource), [id]);
    see('with referrers', `with referrers ${resource.label}`, [id]);
    const groups = types.get(resource.type) ?? new Map<number, Group>();
    types.set(resource.type, groups);
    const group = groups.get(resource.own) ?? [];
    group.push({ id, ...resource, named: new Map([...resource.named, ...byTwos(resource.named)]) });
    groups.set(resource.own, group);
  }
  for (const groups of types.values()) {
    const ordered = [...groups.values()];
    ordered.forEach((group, index) => {
      for (const other of ordered.slice(index)) seePairs(group, other, see);
    });
  }
  return [...sights.values()];
}

type See = (kind: SightKind, key: string, ids: readonly string[]) => void;

/** What is no resource of a template. */
export function sectionsKey(sections: number): string {
  return `sections ${sections}`;
}

/** A resource, with what it refers to. */
export function ownKey({ own }: Pick<LabelledResource, 'own'>): string {
  return `own ${own}`;
}

/** Resources that are the same but for their names, with what they refer to. */
type Group = (LabelledResource & { readonly id: string })[];

/** Two resources of one type, each of a group, or both of the same: any two, two with one value, and two with different ones. */
function seePairs(group: Group, other: Group, see: See): void {
  const [one] = group;
  const two = other[group === other ? 1 : 0];
  if (one === undefined || two === undefined) return;
  const key = [one.own, two.own].sort((a, b) => a - b).join(' and ');
  see('two', `two ${key}`, [one.id, two.id]);
  for (const property of one.named.keys()) {
    if (!two.named.has(property)) continue;
    const place = ({ named }: LabelledResource) => named.get(property);
    for (const isSame of [true, false]) {
      const pair = pairIn(group, other, (a, b) => (place(a) === place(b)) === isSame);
      if (pair) see('two', `two ${key} ${isSame ? 'alike' : 'apart'} in ${property}`, pair);
    }
  }
}

/** The first two different resources of two groups of which something holds. */
function pairIn(
  group: Group,
  other: Group,
  holds: (one: LabelledResource, two: LabelledResource) => boolean,
): readonly string[] | undefined {
  for (const one of group)
    for (const two of other) if (one !== two && holds(one, two)) return [one.id, two.id];
  return undefined;
}
