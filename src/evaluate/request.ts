// What an evaluation asks of a model, and what it gets: the border between tasks and the scoring of text.

/** How likely a continuation is after a context, or a whole text (in windows as long as the model's context). */
export type Request =
  | { kind: 'loglikelihood'; context: string; continuation: string }
  | { kind: 'rolling'; text: string };

/** A model's answer. */
export interface Score {
  /** Sum of the log-probabilities of the scored tokens, in nats. */
  logLikelihood: number;
  /** Whether every scored token was the most likely one; false for rolling requests. */
  greedy: boolean;
  /** Tokens scored. */
  tokens: number;
}
