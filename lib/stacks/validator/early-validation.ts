/** CDK’s validation of templates that is begun while others are still being written. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { PolicyValidationStack, PolicyViolation } from 'aws-cdk-lib';
import { type NameMask, type Names, type ShapedTemplate, Shapes, Stretch } from '../../compliance/shapes';
import type { ToldShapes } from '.';
import { type Chosen, covering, KindsOfTemplate, placed } from './kinds-of-template';
import { StandIn } from './stand-in';

/** What is judged is chosen from so many templates together, and from then on of each that shows something new. */
const TOGETHER = 60;

/**
 * Judges what is to be seen in templates as it is told of them, and can say no more than that nothing is found in any. Where something
 * is found, or a template is no longer what it was, all is to be judged in the ordinary way.
 *
 * What is judged follows from the templates and the order in which they are told alone, whenever each is read or judged. Names are made
 * as long and as short as any that is told, so that the templates that come later have none beyond.
 */
export class EarlyValidation {
  readonly #shapes: Shapes;
  readonly #stretch: Stretch;
  readonly #kinds = new KindsOfTemplate();
  readonly #read = new Map<string, { readonly stack: PolicyValidationStack; readonly digest: string }>();
  /** What is judged, or chosen to be. */
  readonly #settled = new Set<string>();
  readonly #chosen: Chosen[] = [];
  /** Whether nothing was found and nothing failed. */
  #isClean = true;

  /**
   * @param names the names that may stand in the templates of an account
   * @param judge has the engine judge templates
   * @param folder what is judged is written below it, and goes again
   */
  constructor(
    private readonly names: ReadonlyMap<string, Names>,
    private readonly judge: (stacks: readonly PolicyValidationStack[]) => readonly PolicyViolation[],
    private readonly folder: string,
  ) {
    this.#shapes = new Shapes(names.values());
    this.#stretch = new Stretch([...names.values()].flatMap((each) => [...each]));
  }

  /** Adds a template that is written. */
  add(stack: PolicyValidationStack): void {
    this.#trying(() => {
      // What was seen in it then, and is held to be judged for others, may be there no longer.
      if (this.#read.has(stack.templatePath)) throw new Error('it is written a second time');
      const bytes = readFileSync(stack.templatePath);
      const text = bytes.toString();
      const shape = this.#shapes.of(JSON.parse(text) as ShapedTemplate, this.#maskOf(stack));
      this.#read.set(stack.templatePath, { stack, digest: digestOf(bytes) });
      const isNew = this.#kinds.add(stack, text.length, shape);
      if (this.#read.size === TOGETHER || (isNew && this.#read.size > TOGETHER)) this.#choose();
    });
  }

  /** Judges a template of those that are chosen, if one is left. Gives whether another is. */
  judgeNext(): boolean {
    const next = this.#chosen.shift();
    if (next !== undefined) this.#trying(() => this.#judgeOne(next));
    return this.#isClean && this.#chosen.length > 0;
  }

  /**
   * The shapes of these templates; undefined unless they are those that were added, all of them, and each as it was read.
   */
  shapesOf(stacks: readonly PolicyValidationStack[]): ToldShapes | undefined {
    this.#trying(() => {
      this.#isClean = stacks.length === this.#read.size && stacks.every((stack) => this.#isAsRead(stack));
    });
    return this.#isClean ? this.#kinds.told : undefined;
  }

  /** Judges all that is left, and gives whether nothing is found in any of the templates that were added. */
  isClean(): boolean {
    this.#trying(() => this.#choose());
    while (this.judgeNext());
    return this.#isClean;
  }

  #maskOf({ accountId = '' }: PolicyValidationStack): NameMask {
    return this.#shapes.mask(this.names.get(accountId) ?? new Map());
  }

  #isAsRead(stack: PolicyValidationStack): boolean {
    const read = this.#read.get(stack.templatePath);
    if (read === undefined || !isDeepStrictEqual(read.stack, stack)) return false;
    return read.digest === digestOf(readFileSync(stack.templatePath));
  }

  #choose(): void {
    for (const chosen of covering(this.#kinds, this.#settled)) {
      for (const { key } of chosen.sights) this.#settled.add(placed(chosen.kind.stack, key));
      this.#chosen.push(chosen);
    }
  }

  #judgeOne(chosen: Chosen): void {
    const { stack } = chosen.kind;
    const standIn = new StandIn(chosen, this.#shapes, this.#maskOf(stack));
    const folder = mkdtempSync(join(this.folder, 'concordat-early-'));
    try {
      const stacks = standIn.texts(this.#stretch).map((text, index) => {
        const templatePath = join(folder, `${index}.template.json`);
        writeFileSync(templatePath, text);
        return { ...stack, templatePath };
      });
      if (this.judge(stacks).length > 0) this.#isClean = false;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Where this fails, the ordinary way is gone, and says why if it fails as well. */
  #trying(what: () => void): void {
    if (!this.#isClean) return;
    try {
      what();
    } catch {
      this.#isClean = false;
    }
  }
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('base64');
}
