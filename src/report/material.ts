// What a report is made from, as values: runs, grow jobs, profiles of attention, scores. Read by read-runs.ts; draws nothing.

import type { AttentionRecord } from '../analyze/attention-record.ts';
import type { ToyRecord } from '../analyze/toy-record.ts';
import type { GrowState } from '../inherit/grow-state.ts';
import type { InheritanceRecord } from '../inherit/inheritance-record.ts';

/** How a line is drawn: a colour of theme.ts, and dashes. */
export interface Look {
  color: string;
  dash?: string;
}

/** Losses of one evaluation, nats per token. */
export interface EvaluationPoint {
  step: number;
  validationLoss: number;
  trainLoss: number | null;
}

/** What was recorded of one training step. */
export interface TrainPoint {
  step: number;
  loss: number;
  learningRate: number;
  gradientNorm: number;
  tokensPerSecond: number;
  rssBytes: number;
}

/** Attention measured during training: one value per layer, from the first. */
export interface AttentionPoint {
  step: number;
  maxRank: readonly number[];
  mass: readonly number[];
  collapsedShare: number | null;
}

/** One training run. */
export interface TrainingRun {
  /** Unique in the report. */
  label: string;
  look: Look;
  role: 'reference' | 'target' | 'control' | 'run';
  folder: string;
  state: string | null;
  seed: number | null;
  layers: number | null;
  tokensPerStep: number | null;
  flopsPerToken: number | null;
  /** FLOPs of the models it was made from; null where they are not known. */
  flopsBefore: number | null;
  train: readonly TrainPoint[];
  evaluations: readonly EvaluationPoint[];
  attention: readonly AttentionPoint[];
}

/** Attention of one model, measured. */
export interface Profile {
  /** Unique in the report. */
  label: string;
  look: Look;
  /** Round of a grow job whose trained target this is; 0 for the reference; null for all else. */
  round: number | null;
  /** Whether it is among the few that are drawn over each other; the others are in the tables only. */
  isMain: boolean;
  record: AttentionRecord;
  /** The sheet of all maps as a PNG; null where there is none. */
  sheet: Buffer | null;
}

/** Where the tensors of one model come from. */
export interface Origin {
  label: string;
  record: InheritanceRecord;
  /** The model that plain sources are in: the reference, or the round before. */
  from: string;
  /** Layers of the reference where known, else as many as the map names. */
  referenceLayers: number;
}

/** A grow job as a whole. */
export interface GrowJob {
  label: string;
  folder: string;
  state: GrowState;
  verdict: string;
  /** The profiles of its reference and trained targets, by round (0 is the reference). */
  profiles: ReadonlyMap<number, AttentionRecord>;
}

/** One model's score at one task, a share of 1. */
export interface TaskScore {
  task: string;
  metric: string;
  value: number;
  standardError: number | null;
  samples: number | null;
}

/** One model's scores. */
export interface Scores {
  label: string;
  look: Look;
  /** Tokens its training read, its ancestors' included; null where unknown. */
  tokens: number | null;
  tasks: readonly TaskScore[];
}

/** A folder's run.json, for the part on how to reproduce. */
export interface Job {
  label: string;
  /** running, done, stopped or failed; null where there is no run.json. */
  state: string | null;
  starts: readonly JobStart[];
  /** config.yaml as given. */
  recipe: string | null;
  seed: number | null;
}

/** One start of a process, as run.json has it. */
export interface JobStart {
  at: string;
  command: readonly string[];
  commit: string | null;
  device: string | null;
  versions: Readonly<Record<string, string>>;
}

/** What the material of one folder is called: with the folder's name in front where there are several. */
export interface Naming {
  name: string;
  isOnly: boolean;
  index: number;
}

/** Everything a report shows. */
export interface Material {
  names: readonly string[];
  runs: readonly TrainingRun[];
  grows: readonly GrowJob[];
  profiles: readonly Profile[];
  origins: readonly Origin[];
  scores: readonly Scores[];
  toys: readonly { label: string; record: ToyRecord }[];
  jobs: readonly Job[];
}
