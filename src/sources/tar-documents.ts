// Documents of a tar: its .txt and .jsonl files, packed ones too, and those of a packed tar inside it, as OpenWebText came.

import type { DocumentBatch } from './units.ts';
import { makeBatcher } from './batches.ts';
import { compressionOfBytes, formatOfName, headBytes } from './formats.ts';
import { readJsonl } from './jsonl.ts';
import type { Separator } from './separators.ts';
import { isTar, tarMembers } from './tar.ts';
import { readText } from './text.ts';
import { lookAhead, unpack } from './unpack.ts';

const deepest = 3;

/**
 * Documents of a tar.
 *
 * @param stream  its bytes, unpacked
 * @throws Error  with exit code 65 when it, or what is packed in it, is damaged
 */
export async function* readTar(
  stream: AsyncGenerator<Buffer>,
  options: { source: string; column: string; separator: Separator },
  depth = 1,
): AsyncGenerator<DocumentBatch> {
  const batcher = makeBatcher();
  for await (const { name, content } of tarMembers(stream, options.source)) {
    const member = { ...options, source: `${options.source}: ${name}` };
    const packed = await lookAhead(content, headBytes);
    const unpacked = unpack(packed.stream, compressionOfBytes(packed.head), member.source);
    const { head, stream: bytes } = await lookAhead(unpacked, headBytes);
    const format = isTar(head) ? 'tar' : formatOfName(name);
    let batches: AsyncGenerator<DocumentBatch>;
    if (format === 'tar' && depth < deepest) batches = readTar(bytes, member, depth + 1);
    else if (format === 'jsonl') batches = readJsonl(bytes, member);
    else if (format === 'text') batches = readText(bytes, options.separator);
    else {
      batcher.fault(
        'member',
        name,
        'expected .txt, .jsonl or a tar of them, packed or not, found another file',
      );
      await bytes.return(undefined);
      continue;
    }
    // A document a file is the rule: they are gathered into batches of the usual size.
    let row = 0; // of the member: documents know theirs, faults have those between
    for await (const { text, ends, rows, faults } of batches) {
      let told = 0;
      const tellFaults = (until: number): void => {
        for (const { kind, place, detail } of faults.slice(told)) {
          if (row >= until) return;
          batcher.fault(kind, place === 'the file' ? name : `${name}: ${place}`, detail);
          told += 1;
          row += 1;
        }
      };
      let begin = 0;
      ends.forEach((end, i) => {
        tellFaults(rows[i] ?? 0);
        batcher.addChecked(text, begin, end);
        begin = end;
        row += 1;
      });
      tellFaults(Infinity);
      yield* batcher.take();
    }
    yield* batcher.take();
  }
  yield* batcher.take(true);
}
