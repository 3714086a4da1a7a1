// The 256 printable characters that stand for bytes in byte-level vocabularies. After GPT-2's bytes_to_unicode.

/** Character of each byte: printable Latin-1 stands for itself, the others for U+0100 and on. */
export const byteCharacters: readonly string[] = (() => {
  let next = 0x100;
  return Array.from({ length: 256 }, (_, byte) => {
    const printable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || byte >= 0xae;
    return String.fromCharCode(printable ? byte : next++);
  });
})();

/** How a byte-level vocabulary spells some bytes. */
export function spellBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byteCharacters[byte]).join('');
}
