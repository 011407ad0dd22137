/** A template that is judged in the place of others. */
import { readFileSync } from 'node:fs';
import {
  type NameMask,
  ownKey,
  partOfTemplate,
  type Shape,
  type ShapedTemplate,
  type Shapes,
  type Sight,
  type Stretch,
  sectionsKey,
} from '../../compliance/shapes';
import { type Chosen, placed } from './kinds-of-template';

/** As much of a template as it was chosen for. */
export class StandIn {
  readonly #text: string;
  readonly #template: ShapedTemplate;
  readonly #shape: Shape;

  constructor(
    private readonly chosen: Chosen,
    private readonly shapes: Shapes,
    private readonly mask: NameMask,
  ) {
    this.#text = readFileSync(chosen.kind.stack.templatePath, 'utf8');
    this.#template = JSON.parse(this.#text) as ShapedTemplate;
    this.#shape = shapes.of(this.#template, mask);
  }

  /**
   * The texts to judge: one with all that it was chosen for and names as long as any, and one with names as short as any. What a
   * rule may bound in a name is looked at in one resource, so the second has only what is seen in one alone.
   */
  texts(stretch: Stretch): string[] {
    const { sights } = this.chosen;
    const longest = stretch.to('longest', this.#textFor(sights), this.mask);
    const shorter = sights.filter(this.#namesDiffering(stretch));
    if (shorter.length === 0) return [longest];
    return [longest, stretch.to('shortest', this.#textFor(shorter), this.mask)];
  }

  /** What is seen in a resource; in what is no resource where none is named. */
  sightOf(logicalId: string | undefined): string {
    const resource = this.#shape.resources.get(logicalId ?? '');
    const key = resource === undefined ? sectionsKey(this.#shape.sections) : ownKey(resource);
    return placed(this.chosen.kind.stack, key);
  }

  /** Tells whether names in what is seen in one resource, or in what is no resource, are of different lengths. */
  #namesDiffering(stretch: Stretch): (sight: Sight) => boolean {
    const { Resources = {}, ...sections } = this.#template;
    const differsIn = (value: unknown) => stretch.differsIn(JSON.stringify(value), this.mask);
    // Several sights are of one resource, and many refer to the same.
    const known = new Map<string, boolean>();
    const differs = (id: string) => {
      const has = known.get(id) ?? (Object.hasOwn(Resources, id) && differsIn(Resources[id]));
      known.set(id, has);
      return has;
    };
    return ({ kind, ids }) => {
      if (kind === 'with referrers' || kind === 'two') return false;
      if (kind === 'sections') return differsIn(sections);
      return ids.some((id) => differs(id) || this.#shape.resources.get(id)?.references.some(differs));
    };
  }

  /** As much of the template as some of its sights are about: all of it, should these be others in less. */
  #textFor(sights: readonly Sight[]): string {
    const less = partOfTemplate(this.#template, this.#shape, sights);
    if (less === undefined) return this.#text;
    const { sections, resources } = this.shapes.of(less, this.mask);
    const isTheSame = ({ kind, key, ids }: Sight) => {
      if (kind === 'sections') return sectionsKey(sections) === key;
      const of = kind === 'with referrers' ? 'label' : 'own';
      return ids.every((id) => resources.get(id)?.[of] === this.#shape.resources.get(id)?.[of]);
    };
    return sights.every(isTheSame) ? JSON.stringify(less) : this.#text;
  }
}
