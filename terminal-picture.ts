/** Draws what a terminal showed, as SVG. */
import { escapedHtml } from '../../lib/words';

const CELL = { width: 8.4, height: 18 } as const;
const MARGIN = 16;

/** A picture of lines as a terminal shows them. @param title for those who do not see it */
export function terminalPicture(title: string, lines: readonly string[], columns = 60): string {
  const width = Math.ceil(columns * CELL.width + 2 * MARGIN);
  const height = lines.length * CELL.height + 2 * MARGIN;
  const texts = lines.flatMap((line, index) =>
    line === ''
      ? []
      : `  <text x="${MARGIN}" y="${MARGIN + (index + 0.75) * CELL.height}">${escapedHtml(line)}</text>\n`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">
  <title>${escapedHtml(title)}</title>
  <rect width="${width}" height="${height}" rx="6" fill="#1d2125"/>
  <g fill="#f3f2f1" font-family="ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" xml:space="preserve">
${texts.join('')}  </g>
</svg>
`;
}
