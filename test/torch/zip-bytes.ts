// Small zip files for tests, right or wrong in one place: stored parts, local headers, a central directory.

/** A part, with what its headers should say otherwise. */
export interface ZipPart {
  name: string;
  data: Uint8Array;
  method?: number;
  flags?: number;
  size?: number;
  packedSize?: number;
  offset?: number;
}

/** The file's bytes. `count` overrides the number of parts that the end record tells. */
export function zipBytes(parts: readonly ZipPart[], { count }: { count?: number } = {}): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, method = 0, flags = 0, size, packedSize, offset } of parts) {
    const title = Buffer.from(name);
    const fields = Buffer.alloc(26); // from "version needed" on, the same in both headers
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(flags, 2);
    fields.writeUInt16LE(method, 4);
    fields.writeUInt32LE(packedSize ?? size ?? data.length, 14);
    fields.writeUInt32LE(size ?? data.length, 18);
    fields.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, title, data]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset ?? at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.alloc(2), fields, place, title]));
    bodies.push(local);
    at += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count ?? parts.length, 4);
  end.writeUInt16LE(count ?? parts.length, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...bodies, central, Buffer.from('PK\u0005\u0006'), end]);
}

/** A torch.save file with this data.pkl, and storages of these bytes. */
export function torchFileBytes(
  pickle: Uint8Array,
  storages: Readonly<Record<string, Uint8Array>> = {},
): Buffer {
  return zipBytes([
    { name: 'archive/data.pkl', data: pickle },
    { name: 'archive/byteorder', data: Buffer.from('little') },
    ...Object.entries(storages).map(([key, data]) => ({ name: `archive/data/${key}`, data })),
  ]);
}
