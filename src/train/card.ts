// The model card, README.md of a checkpoint's model folder: what the model is and how to load it. No time stamps.

import { tokensText } from '../data/mixture.ts';
import { familyOf, parameterCount } from '../model/families.ts';
import type { ModelConfig } from '../model/family.ts';
import { isGpt2 } from '../model/gpt2.ts';
import type { Gpt2Config } from '../model/gpt2.ts';
import type { TrainOptions } from './options.ts';
import type { Counters } from './state.ts';

/** Markdown that is a function of the run's state, so that equal checkpoints have equal bytes. */
export function modelCard(config: ModelConfig, options: TrainOptions, counters: Counters): string {
  const best = counters.best
    ? `${counters.best.loss.toFixed(4)} nats per token at step ${counters.best.step}`
    : 'not measured';
  return `---
library_name: transformers
pipeline_tag: text-generation
tags: [inheritune, ${config.family}]
---
# A ${familyOf(config).title} of ${config.layers} layers, trained with Inheritune

| | |
|---|---|
| layers, heads, width, context | ${config.layers}, ${config.heads}, ${config.width}, ${config.context} |
| parameters | ${parameterCount(config).toLocaleString('en')} |
| started from | ${options.from === 'random' ? 'random weights' : options.from} |
| steps, tokens | ${counters.step}, ${counters.tokens.toLocaleString('en')} |
| best validation loss | ${best} |
| data | ${tokensText(options.tokens)} |
${isGpt2(config) ? gpt2Rows(config) : ''}\`\`\`python
from transformers import AutoModelForCausalLM, AutoTokenizer
model = AutoModelForCausalLM.from_pretrained("PATH_OF_THIS_FOLDER")
tokenizer = AutoTokenizer.from_pretrained("PATH_OF_THIS_FOLDER")
\`\`\`

The method: Inheritune: Training Smaller Yet More Attentive Language Models (arXiv:2404.08634).
`;
}

function gpt2Rows({ scaleAttentionByInverseLayer, bias }: Gpt2Config): string {
  return `| attention scaled by 1/(layer + 1) | ${scaleAttentionByInverseLayer ? 'yes' : 'no'} |
| biases | ${bias ? 'trained' : 'none (stored as zeros)'} |
`;
}
