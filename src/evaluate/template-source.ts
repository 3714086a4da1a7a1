// A template's text made ready for @huggingface/jinja's tokenizer, where that one reads other text than Jinja2 does.

/**
 * The source with line ends as Jinja2 has them, one newline more at the end (the library drops one, lm-eval none), and
 * escapes in string literals that the library refuses spelled in a way that it reads: `\s` is a backslash and an s.
 */
export function librarySource(source: string): string {
  const text = source.replace(/\r\n?/g, '\n');
  return `${text.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}/g, (block) => block.replace(literal, withEscapes))}\n`;
}

const literal = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/g;

function withEscapes(text: string): string {
  return text.replace(/\\(U[0-9a-fA-F]{8}|[0-7]{1,3}|[\s\S])/g, (whole, escape: string) => {
    if (/^U.{8}$/s.test(escape)) return unit(Number.parseInt(escape.slice(1), 16));
    if (/^[0-7]+$/.test(escape)) return unit(Number.parseInt(escape, 8));
    if (escape === 'a') return unit(7);
    if (escape === '\n') return '';
    return /^[ntrbfvxu'"\\]$/.test(escape) ? whole : `\\\\${escape}`;
  });
}

/** A character as \uXXXX, or two of them. */
function unit(point: number): string {
  if (point > 0x10ffff) throw new SyntaxError('an escape beyond U+10FFFF');
  return String.fromCodePoint(point)
    .split('')
    .map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
