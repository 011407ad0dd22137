/** Draws what Graphviz has laid out, in few bytes and in the page’s own colours. */
import type { Viz } from '@viz-js/viz';
import { escapedHtml, Html, html } from '../../words';

/** A box of a picture. */
export interface Box {
  readonly id: string;
  readonly words: string;
  /** The one whose picture it is. */
  readonly self?: true;
}

/** An arrow, with the way that data goes. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly words?: string;
}

/** Graphviz measures in inches, of which a picture has so many units. */
const UNITS = 72;
const LETTER = 7;

/**
 * Lays a picture out from left to right and draws it.
 * @see https://graphviz.org/docs/outputs/plain/
 */
export function drawing(viz: Viz, label: string, boxes: readonly Box[], arrows: readonly Arrow[]): Html {
  const number = new Map(boxes.map(({ id }, index) => [id, `n${index}`]));
  const dot = [
    'digraph{rankdir=LR;nodesep=0.12;ranksep=0.7;node[shape=box,fixedsize=true,height=0.3];',
    ...boxes.map(({ id, words }) => `${number.get(id)}[width=${(words.length * LETTER + 16) / UNITS}];`),
    ...arrows.map(
      ({ from, to, words: label = '' }) =>
        `${number.get(from)}->${number.get(to)}[label="${label.replaceAll(/[^\w ]/g, '')}"];`,
    ),
    '}',
  ].join('');
  const laid = viz.render(dot, { format: 'plain' });
  if (laid.status === 'failure')
    throw new Error(`a picture could not be laid out: ${laid.errors.map((each) => each.message).join('; ')}`);
  return drawn(laid.output, label, new Map(boxes.map((box) => [number.get(box.id) ?? '', box])));
}

function drawn(plain: string, label: string, boxes: ReadonlyMap<string, Box>): Html {
  const lines = plain.split('\n').map((line) => line.match(/"[^"]*"|\S+/g) ?? []);
  const [, , width = '0', height = '0'] = lines[0] ?? [];
  const high = Number(height) * UNITS;
  const x = (inches = '0') => Math.round(Number(inches) * UNITS);
  const y = (inches = '0') => Math.round(high - Number(inches) * UNITS);
  // All boxes are one path, and so are all arrows: a page holds hundreds of pictures.
  const paths = { box: '', self: '', flow: '', head: '' };
  const texts: string[] = [];
  const text = (at: number, base: number, words: string) =>
    texts.push(`<text x="${at}" y="${base}">${escapedHtml(words)}</text>`);
  for (const [kind, ...words] of lines) {
    if (kind === 'node') {
      const [name = '', cx, cy, w] = words;
      const box = boxes.get(name);
      const wide = x(w);
      paths[box?.self ? 'self' : 'box'] += `M${x(cx) - (wide >> 1)} ${y(cy) - 11}h${wide}v22h-${wide}z`;
      text(x(cx), y(cy) + 4, box?.words ?? '');
    } else if (kind === 'edge') {
      const points = Number(words[2]);
      const path = Array.from({ length: points }, (_, index) => [
        x(words[3 + 2 * index]),
        y(words[4 + 2 * index]),
      ]);
      const [first, ...rest] = path.map((point) => point.join(' '));
      paths.flow += `M${first}C${rest.join(' ')}`;
      paths.head += head(path);
      const after = words.slice(3 + 2 * points);
      if (after.length > 3) text(x(after[1]), y(after[2]) + 4, (after[0] ?? '').replaceAll('"', ''));
    }
  }
  const drawnPaths = Object.entries(paths).map(([style, d]) =>
    d === '' ? '' : `<path class="${style}" d="${d}"/>`,
  );
  const [w, h] = [x(width) + 24, Math.round(high) + 8];
  return html`<svg viewBox="-8 -4 ${w} ${h}" width="${w}" role="img" aria-label="${label}">${new Html(drawnPaths.join('') + texts.join(''))}</svg>`;
}

/** The point of an arrow, in the direction in which its last curve arrives. */
function head(path: readonly (readonly number[])[]): string {
  const [endX = 0, endY = 0] = path.at(-1) ?? [];
  const [fromX = 0, fromY = 0] = path.at(-2) ?? [];
  const long = Math.hypot(endX - fromX, endY - fromY) || 1;
  const [dx, dy] = [(endX - fromX) / long, (endY - fromY) / long];
  const side = (sign: number) =>
    `${Math.round(endX - dy * 3.5 * sign)} ${Math.round(endY + dx * 3.5 * sign)}`;
  return `M${side(1)}L${Math.round(endX + dx * 8)} ${Math.round(endY + dy * 8)} ${side(-1)}z`;
}
