// A file that arrives in pieces, in any order, over several lives of the process: a file of its full length and a journal of
// the pieces that are in it. Not trusted after a power cut: whoever takes the file for whole checks its hash first.

import { open, readFile, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';

/** Part of a file, [begin, end) in bytes. */
export interface Piece {
  index: number;
  begin: number;
  end: number;
}

export interface PieceFile {
  path: string;
  file: FileHandle;
  /** Pieces that are still to come. */
  missing: readonly Piece[];
  /** Notes that a piece is there, after its bytes were written. */
  done(piece: Piece): Promise<void>;
  close(): Promise<void>;
  /** Closes, and removes both files. */
  discard(): Promise<void>;
}

/** Opens what there is of a file, or begins it. Only one process may do so at a time. */
export async function openPieces(path: string, bytes: number, pieceBytes: number): Promise<PieceFile> {
  const journalPath = `${path}-journal`;
  const title = `${bytes} ${pieceBytes}`;
  const [first, ...lines] = (await readFile(journalPath, 'utf8').catch(() => '')).split('\n');
  const isOurs = first === title;
  // The last line may be cut: only lines with an end count.
  const there = new Set(isOurs ? lines.slice(0, -1).map(Number) : []);
  const file = await open(path, isOurs ? 'r+' : 'w+').catch(async () => {
    there.clear(); // a journal without its file
    return open(path, 'w+');
  });
  const journal = await open(journalPath, there.size > 0 ? 'a' : 'w');
  try {
    if (there.size === 0) await journal.write(`${title}\n`);
  } catch (error) {
    await Promise.all([file.close(), journal.close()]);
    throw error;
  }
  const close = async (): Promise<void> => {
    await Promise.all([file.close(), journal.close()]);
  };
  return {
    path,
    file,
    missing: piecesOf(bytes, pieceBytes).filter(({ index }) => !there.has(index)),
    done: async ({ index }) => void (await journal.write(`${index}\n`)),
    close,
    discard: async () => {
      await close();
      await removePieces(path);
    },
  };
}

/** Removes a half-fetched file and its journal. */
export async function removePieces(path: string): Promise<void> {
  await rm(`${path}-journal`, { force: true });
  await rm(path, { force: true });
}

/** Bytes of a file that are here already, as its journal says. */
export async function fetchedBytes(path: string, bytes: number, pieceBytes: number): Promise<number> {
  const [first, ...lines] = (await readFile(`${path}-journal`, 'utf8').catch(() => '')).split('\n');
  if (first !== `${bytes} ${pieceBytes}`) return 0;
  return Math.min(bytes, new Set(lines.slice(0, -1)).size * pieceBytes);
}

function piecesOf(bytes: number, pieceBytes: number): Piece[] {
  return Array.from({ length: Math.ceil(bytes / pieceBytes) }, (_, index) => ({
    index,
    begin: index * pieceBytes,
    end: Math.min(bytes, (index + 1) * pieceBytes),
  }));
}
