// Reads a file of the hub without keeping it: any part of it, gone on with where a connection was cut. A file that changes is an error.

import { failure } from '../run/failure.ts';
import { HubTrouble, troubleOfStatus } from './http.ts';
import type { HubAnswer, HubConnection } from './http.ts';
import { refusal } from './listing.ts';
import type { HubFile } from './listing.ts';
import type { HubModel } from './names.ts';
import { makePatience } from './patience.ts';

/** A file of one commit. */
export interface RemoteFile {
  model: HubModel;
  commit: string;
  file: HubFile;
}

/** Where a file is read. */
export function remoteUrl(endpoint: string, { model, commit, file }: RemoteFile): string {
  const name = file.name.split('/').map(encodeURIComponent).join('/');
  return `${endpoint}/${model.repo}/resolve/${commit}/${name}`;
}

/**
 * Makes a function that reads [begin, end) of a file. What it learns from one answer, it checks on the others.
 *
 * @throws Error  with exit code 69 when the network does not get right, 65 when the file is not to be had, or changes
 */
export function makeRemoteReader(
  hub: HubConnection,
  remote: RemoteFile,
  signal?: AbortSignal,
): (begin: number, end: number) => AsyncGenerator<Buffer> {
  const { model, file } = remote;
  const { timing, endpoint } = hub.settings;
  const what = `${model.repo}: ${file.name}`;
  const home = remoteUrl(endpoint, remote);
  let source = home; // then where it is redirected to
  const marks = new Map<string, string>(); // a host's mark of the file
  const changed = (): Error =>
    failure(
      'data',
      `${what}: is no longer the file that was listed; it changes while it is read: begin again`,
    );

  /** Whether the body is the whole file, though a part was asked for. */
  const check = (answer: HubAnswer, begin: number, end: number): boolean => {
    const { status, headers } = answer;
    const { host } = new URL(answer.url);
    const again = (problem: string): HubTrouble => {
      answer.discard();
      const isMoved = source !== home;
      source = home; // a signed address may have run out: ask the hub for a new one
      return new HubTrouble(`${host}: ${problem}`, isMoved ? { waitMs: 0 } : {});
    };
    if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity')
      throw again('sends it packed, which was not asked for');
    if (status === 416) {
      answer.discard();
      throw changed();
    }
    if (status !== 206 && status !== 200) {
      const trouble = troubleOfStatus(answer);
      answer.discard();
      if (trouble === null && source === home) throw refusal(answer, model, hub);
      const isMoved = source !== home;
      source = home;
      throw trouble ?? new HubTrouble(`${host}: status ${status}`, isMoved ? { waitMs: 0 } : {});
    }
    const { etag } = headers;
    if (typeof etag === 'string') {
      if ((marks.get(host) ?? etag) !== etag) {
        answer.discard();
        throw changed();
      }
      marks.set(host, etag);
    }
    const { 'content-range': range, 'content-length': length } = headers;
    const total = status === 206 ? /\/(\d+)$/.exec(String(range))?.[1] : length;
    if (total !== undefined && Number(total) !== file.bytes) {
      answer.discard();
      throw changed();
    }
    if (status === 200) {
      if (begin === 0) return true;
      answer.discard();
      throw failure(
        'network',
        `${what}: ${host} sends no parts of files; fetch it whole first (download cache)`,
      );
    }
    if (range !== `bytes ${begin}-${end - 1}/${file.bytes}`)
      throw again(`expected bytes ${begin}-${end - 1}, found ${String(range).slice(0, 80)}`);
    return false;
  };

  return async function* (begin, end) {
    const patience = makePatience(timing, what, signal);
    let at = begin;
    let mark = at; // so many bytes further are progress; a trickle of them is not
    while (at < end) {
      try {
        signal?.throwIfAborted();
        const headers = { range: `bytes=${at}-${end - 1}` };
        const answer = await hub.get(source, signal ? { headers, signal } : { headers });
        const isWhole = check(answer, at, end);
        source = answer.url;
        for await (const bytes of answer.body) {
          const part = isWhole && at + bytes.length > end ? bytes.subarray(0, end - at) : bytes;
          if (at + part.length > end)
            throw new HubTrouble(`${new URL(answer.url).host}: sends more than was asked for`);
          at += part.length;
          if (at - mark >= timing.stallBytes) {
            patience.progressed();
            mark = at;
          }
          yield part;
          if (at >= end) break;
        }
        if (at < end) throw new HubTrouble(`${new URL(answer.url).host}: cut after ${at} of ${end} bytes`);
      } catch (error) {
        await patience.bear(error);
      }
    }
  };
}
