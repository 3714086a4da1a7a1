// The report's page: one HTML text with everything in it, no script, nothing fetched. Whatever comes from files is escaped.

import type { SectionName } from './figures/all.ts';
import type { Figure } from './figures/figure.ts';
import type { Job, Material } from './material.ts';
import { styleSheet } from './style.ts';
import { escapeText } from './svg.ts';
import { attentionTable, htmlTable, lossTable, modelsTable, nullValuesTable, scoresTable } from './tables.ts';

/** How a page of ours can be told from somebody else's folder. */
export const generatorMark = '<meta name="generator" content="inheritune report">';

interface Section {
  id: string;
  title: string;
  body: string;
}

/** The page of some material and its figures. */
export function pageOf(
  material: Material,
  figures: Readonly<Record<SectionName, readonly Figure[]>>,
  { title = material.names.join(', ') }: { title?: string } = {},
): string {
  const { grows, runs, profiles, jobs } = material;
  const drawn = (name: SectionName) => figures[name].map(figureHtml).join('\n');
  const sections = [
    { id: 'loss', title: 'Loss', body: drawn('loss') + lossTable(runs) },
    {
      id: 'growth',
      title: 'Growth',
      body:
        grows.map((grow) => heading(grow.label, grows.length > 1) + modelsTable(grow)).join('') +
        drawn('growth'),
    },
    {
      id: 'attention',
      title: 'Attention',
      body: attentionTable(profiles) + drawn('attention') + nullValuesTable(profiles),
    },
    { id: 'downstream', title: 'Downstream tasks', body: drawn('downstream') + scoresTable(material) },
    { id: 'toy', title: 'Toy', body: drawn('toy') },
    { id: 'health', title: 'Health', body: drawn('health') },
    { id: 'reproduce', title: 'How to reproduce', body: reproduceHtml(jobs) },
  ].filter(({ body }) => body !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
${generatorMark}
<title>${escapeText(title)}</title>
<link rel="icon" href="data:,">
<style>
${styleSheet()}
</style>
</head>
<body>
<main>
<h1>${escapeText(title)}</h1>
${grows.map((grow) => verdictHtml(grow.verdict, grow.label, grows.length > 1)).join('\n')}
${statesHtml(material)}
<nav>${sections.map(({ id, title: name }) => `<a href="#${id}">${name}</a>`).join(' ')}</nav>
${sections.map(sectionHtml).join('\n')}
${missingHtml(material)}
</main>
</body>
</html>
`;
}

function verdictHtml(verdict: string, label: string, isNamed: boolean): string {
  const text = `${verdict.charAt(0).toUpperCase()}${verdict.slice(1)}.`;
  return `<p class="verdict">${escapeText(isNamed ? `${label}: ${text}` : text)}</p>`;
}

/** What is still going on or was broken off: curves then end early. */
function statesHtml({ jobs }: Material): string {
  const unfinished = jobs.filter(({ state }) => state !== null && state !== 'done');
  if (unfinished.length === 0) return '';
  const list = unfinished.map(({ label, state }) => `${escapeText(label)}: ${escapeText(state ?? '')}`);
  return `<p class="note">Not finished when this was written: ${list.join('; ')}.</p>`;
}

function heading(text: string, isShown: boolean): string {
  return isShown ? `<h3>${escapeText(text)}</h3>` : '';
}

function sectionHtml({ id, title, body }: Section): string {
  return `<section id="${id}">\n<h2>${title}</h2>\n${body}\n</section>`;
}

function figureHtml({ name, title, caption, svg }: Figure): string {
  const files = ['svg', 'png', 'csv']
    .map((kind) => `<a href="figures/${name}.${kind}">${kind.toUpperCase()}</a>`)
    .join(' ');
  return `<figure id="figure-${name}">
<div class="scroll">${svg}</div>
<figcaption><strong>${escapeText(title)}.</strong> ${escapeText(caption)} <span class="files">${files}</span></figcaption>
</figure>`;
}

/** Commands, versions, seeds and recipes, as run.json and the configurations have them. */
function reproduceHtml(jobs: readonly Job[]): string {
  const told = new Set<string>();
  const parts = jobs.flatMap(({ label, starts, recipe }) => {
    const commands = starts.map(({ command }) => command.map(shellWord).join(' '));
    const untold = [...new Set(commands)].filter((command) => !told.has(command));
    for (const command of untold) told.add(command);
    if (untold.length === 0 && recipe === null) return [];
    return [
      `<h3>${escapeText(label)}</h3>`,
      ...(untold.length > 0 ? [preformatted(untold.join('\n'))] : []),
      ...(recipe === null ? [] : ['<p class="note">Its recipe, as given:</p>', preformatted(recipe)]),
    ];
  });
  const rows = jobs.flatMap(({ label, starts, seed }) =>
    starts.map(({ at, commit, device, versions }) => [
      label,
      at.slice(0, 19).replace('T', ' '),
      shortCommit(commit),
      device ?? '',
      Object.entries(versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
      seed === null ? '' : String(seed),
    ]),
  );
  const head = ['run', 'started (UTC)', 'commit', 'device', 'versions', 'seed'];
  return [...parts, ...(rows.length > 0 ? ['<h3>Starts</h3>', htmlTable(head, rows)] : [])].join('\n');
}

/** Twelve digits are enough to find it; `-dirty` stays. */
function shortCommit(commit: string | null): string {
  return commit === null ? 'none' : commit.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1');
}

function preformatted(text: string): string {
  return `<pre>${text.split('\n').map(escapeText).join('\n').trimEnd()}</pre>`;
}

/** A word of a command line as a shell reads it. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What could be here and is not, with the command that makes it. */
function missingHtml({ names, profiles, runs, scores }: Material): string {
  const [name = 'RUN'] = names;
  const missing = [
    ...(profiles.length === 0 ? [`attention (inheritune analyze ${name})`] : []),
    ...(runs.length > 0 && runs.every(({ attention }) => attention.length < 2)
      ? ['collapse over time (no attention measured during training)']
      : []),
    ...(scores.length === 0 ? ['downstream tasks (no evaluation/*.json)'] : []),
  ];
  return missing.length === 0
    ? ''
    : `<p class="note">Not measured, so not here: ${escapeText(missing.join('; '))}.</p>`;
}
