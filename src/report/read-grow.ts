// Reads a grow job for a report: its reference, rounds and controls, finished or not, and what was measured of them.

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AttentionRecord } from '../analyze/attention-record.ts';
import { readGrowState } from '../inherit/grow-state.ts';
import type { Contender, GrowState } from '../inherit/grow-state.ts';
import { verdict } from '../inherit/grow-table.ts';
import { readInheritanceRecord } from '../inherit/inheritance-record.ts';
import { exists } from '../run/atomic.ts';
import type { Look, Material, Naming, Origin, Profile, Scores, TrainingRun } from './material.ts';
import { profilesOf, scoresOf, tokensOf, toysOf } from './read-results.ts';
import { readConfig, readJob, readTraining } from './read-training.ts';
import { color } from './theme.ts';

/** One model of the job: a folder, finished or not. */
interface Member {
  name: string;
  folder: string;
  role: 'reference' | 'target' | 'control';
  round: number | null;
  contender: Contender | null;
}

const growConfig = z.looseObject({ growth: z.string().optional() });

/** All of a grow job's folder. */
export async function readGrow(folder: string, naming: Naming): Promise<Material> {
  const state = await readGrowState(folder);
  const members = await membersOf(folder, state);
  const called = (label: string) => (naming.isOnly ? label : `${naming.name}: ${label}`);
  const { growth = 'reference' } = growConfig.safeParse(await readConfig(folder)).data ?? {};

  const runs: TrainingRun[] = [];
  const profiles: Profile[] = [];
  const scores: Scores[] = [];
  const origins: Origin[] = [];
  const jobs = [await readJob(folder, called('the whole job'))];
  const lastRound = Math.max(0, ...members.map(({ round }) => round ?? 0));
  for (const [index, member] of members.entries()) {
    const { role, round, contender } = member;
    const look = lookOf(member, members, index);
    const before = flopsBefore(state, round);
    if (await exists(join(member.folder, 'run.json'))) {
      const run = await readTraining(member.folder, { label: '', look, role, flopsBefore: before });
      const layers = contender?.layers ?? run.layers;
      const label = called(`${nameOf(member)}${layers === null ? '' : `, ${layers} layers`}`);
      runs.push({ ...run, layers, label });
      jobs.push({ ...(await readJob(member.folder, label)), recipe: null });
    }
    const isMain = role === 'reference' || round === lastRound;
    if (role === 'target' && round !== null) {
      const start = join(folder, `round-${round}-start`);
      profiles.push(
        ...(await profilesOf(start, {
          label: called(`target, round ${round}, before training`),
          look: { color: color('target-1'), dash: '5 3' },
          round: null,
          isMain,
        })),
      );
      const record = await readInheritanceRecord(join(start, 'inheritance.json'));
      if (record)
        origins.push({
          label: called(`round ${round}`),
          record,
          from: growth === 'reference' || round === 1 ? 'reference' : `round ${round - 1}`,
          referenceLayers: state.reference?.layers ?? 0,
        });
    }
    const label = called(nameOf(member));
    const drawn = role === 'target' && isMain ? { color: color('target-2') } : look;
    profiles.push(
      ...(await profilesOf(member.folder, {
        label,
        look: drawn,
        round: role === 'control' ? null : (round ?? 0),
        isMain: isMain || role === 'control',
      })),
    );
    const own = contender?.tokens ?? tokensOf(runs.at(-1));
    const tokens = role === 'target' ? addUp(tokensBefore(state, round), own) : own;
    scores.push(...(await scoresOf(member.folder, { label, look, tokens })));
  }
  const ownLook = { color: color('run-1') };
  profiles.push(
    ...(await profilesOf(folder, { label: naming.name, look: ownLook, round: null, isMain: true })),
  );
  scores.push(...(await scoresOf(folder, { label: naming.name, look: ownLook, tokens: null })));
  const byRound = new Map<number, AttentionRecord>();
  for (const { round, record } of profiles) if (round !== null) byRound.set(round, record);
  return {
    names: [naming.name],
    runs,
    grows: [{ label: naming.name, folder, state, verdict: verdictOf(state), profiles: byRound }],
    profiles,
    origins,
    scores,
    toys: await toysOf(folder, naming.name),
    jobs,
  };
}

/** The job's models in their order: those in grow.json, and those whose training has begun. */
async function membersOf(folder: string, { reference, rounds, controls }: GrowState): Promise<Member[]> {
  const there = await readdir(folder);
  const roundsThere = there.flatMap((name) => /^round-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  const allRounds = [...new Set([...rounds.map(({ round }) => round), ...roundsThere])].sort((a, b) => a - b);
  const controlsThere = there.filter((name) => /^same-(steps|flops)-\d+-layers$/.test(name)).sort();
  const allControls = [...new Set([...controls.map(({ name }) => name), ...controlsThere])];
  const own = join(folder, 'reference');
  const referenceFolder = (await exists(own)) ? own : (reference?.run ?? own);
  return [
    { name: 'reference', folder: referenceFolder, role: 'reference', round: null, contender: reference },
    ...allRounds.map((round): Member => {
      const contender = rounds.find((each) => each.round === round) ?? null;
      return {
        name: `round-${round}`,
        folder: join(folder, `round-${round}`),
        role: 'target',
        round,
        contender,
      };
    }),
    ...allControls.map((name): Member => {
      const contender = controls.find((each) => each.name === name) ?? null;
      return { name, folder: join(folder, name), role: 'control', round: null, contender };
    }),
  ];
}

function nameOf({ name, role, round }: Member): string {
  if (role === 'reference') return 'reference';
  return role === 'target' ? `target, round ${round}` : `random, ${name.replace(/-\d+-layers$/, '')}`;
}

/** Green, reds (the last round's darkest), blues. */
function lookOf({ role, round }: Member, members: readonly Member[], index: number): Look {
  if (role === 'reference') return { color: color('reference') };
  const targets = members.filter((each) => each.role === 'target').length;
  if (role === 'target') {
    const fromLast =
      targets - members.filter((each) => each.round !== null && each.round <= (round ?? 0)).length;
    const shade = targets === 1 ? 2 : Math.max(1, 3 - fromLast);
    return { color: color(`target-${shade}`) };
  }
  const first = members.findIndex((each) => each.role === 'control');
  return { color: color(`control-${1 + ((index - first) % 2)}`) };
}

function flopsBefore(state: GrowState, round: number | null): number | null {
  if (round === null) return 0;
  return sumBefore(state, round, ({ flops }) => flops);
}

function tokensBefore(state: GrowState, round: number | null): number | null {
  return round === null ? 0 : sumBefore(state, round, ({ tokens }) => tokens);
}

/** Of the reference and the rounds before this one; null when any is unknown. */
function sumBefore(
  { reference, rounds }: GrowState,
  round: number,
  cost: (model: Contender) => number | null,
): number | null {
  const earlier = rounds.filter((each) => each.round < round);
  if (!reference || earlier.length < round - 1) return null;
  return [reference, ...earlier].map(cost).reduce(addUp, 0);
}

function addUp(sum: number | null, next: number | null): number | null {
  return sum === null || next === null ? null : sum + next;
}

function verdictOf(state: GrowState): string {
  if (!state.reference) return 'the reference is still being trained';
  if (!state.stop || state.rounds.length === 0) return 'no round is finished yet';
  return verdict(state, { stop: state.stop });
}
