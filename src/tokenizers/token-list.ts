// Ids that are appended one by one, in as few bits as the vocabulary needs. Knows no tokenizer.

import type { TokenArray } from './tokenizer.ts';

/** Ids so far. A class for the buffer that it grows. */
export class TokenList {
  private ids: TokenArray;
  private length = 0;

  /** @param expected  ids that there will be, roughly */
  constructor(vocab: number, expected: number) {
    this.ids = vocab > 0x10000 ? new Uint32Array(expected + 16) : new Uint16Array(expected + 16);
  }

  push(id: number): void {
    if (this.length === this.ids.length) {
      const larger =
        this.ids instanceof Uint16Array ? new Uint16Array(this.length * 2) : new Uint32Array(this.length * 2);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[this.length++] = id;
  }

  take(): TokenArray {
    return this.ids.slice(0, this.length);
  }
}
