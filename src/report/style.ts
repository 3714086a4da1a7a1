// The style sheet of a report's page: light and dark, phone and paper. Colours come from theme.ts.

import { colorRules } from './theme.ts';

/** All CSS of the page. */
export function styleSheet(): string {
  return `${colorRules()}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
main{max-width:54rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.7rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem;padding-top:.75rem;border-top:1px solid var(--grid)}
h3{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
a{color:var(--link)}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1rem 0}
.verdict{font-size:1.1rem;font-weight:600;border-left:4px solid var(--reference);padding:.1rem 0 .1rem .8rem;margin:.8rem 0}
.note,figcaption,.files{color:var(--muted);font-size:.875rem}
figure{margin:1.25rem 0;padding:.75rem;background:var(--surface);border:1px solid var(--grid);border-radius:8px}
figcaption{margin-top:.5rem}
figcaption strong{color:var(--ink)}
.files{white-space:nowrap}
.scroll{overflow-x:auto;max-width:100%}
.scroll svg{display:block;width:100%;height:auto;min-width:34rem;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;font-size:.875rem;font-variant-numeric:tabular-nums;overflow-wrap:normal;min-width:100%}
.box{background:var(--surface);border:1px solid var(--grid);border-radius:8px;padding:.25rem .5rem;margin:.75rem 0}
th,td{padding:.35rem .6rem;text-align:left;white-space:nowrap;border-bottom:1px solid var(--grid)}
tr:last-child td{border-bottom:0}
th{font-weight:600}
.number{text-align:right}
pre{background:var(--surface);border:1px solid var(--grid);border-radius:8px;padding:.75rem;overflow-x:auto;font:.8125rem/1.5 ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:normal}
ul{padding-left:1.25rem}
@media print{body{background:#fff;font-size:10pt}main{max-width:none;padding:0}nav,.files{display:none}h2,h3{break-after:avoid}figure,.box{break-inside:avoid;border-color:#ccc}pre{white-space:pre-wrap}.scroll{overflow:visible}.scroll svg{min-width:0;max-height:24cm}th,td{white-space:normal}}`;
}
