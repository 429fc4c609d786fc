import nunjucks from 'nunjucks';
import { NHSUK_FOLDER, WEB_FOLDER } from '../page/page.renderer.js';
import { money, shown, state, table, text } from '../page/table.js';

const environment = new nunjucks.Environment(
  new nunjucks.FileSystemLoader([WEB_FOLDER, `${NHSUK_FOLDER}/dist`]),
  { autoescape: true, trimBlocks: true, lstripBlocks: true },
);
environment.addFilter('shown', (value, kind) => shown(kind, value));

/** Without the spaces between elements, which say nothing. */
const told = (html: string): string =>
  html.replaceAll(/\s+/g, ' ').replaceAll(/> | </g, (each) => each.trim());

const GIVEN = table<string | null>({
  id: 'given',
  caption: 'Given',
  rows: ['R&D <b>', null],
  columns: [
    text('Who', (row) => row, { note: () => 'a & b' }),
    state('State', () => ({ words: 'To do', colour: 'blue' })),
    money('Paid', () => 100),
  ],
  foot: [{ value: 'In all' }, { value: '' }, { value: 200 }],
  empty: 'Nothing.',
});
const headings = GIVEN.headings.map((each) => ({ ...each, numeric: each.kind === 'money' }));

test('rows are those of the NHS table, and nobody’s words become markup', () => {
  const ours = environment.renderString(
    '{% from "macros/table.njk" import table %}{{ table(given, { compact: true }) }}',
    { given: { ...GIVEN, headings } },
  );
  const theirs = environment.renderString(
    `{% from "macros/table.njk" import cell %}{% from "nhsuk/components/tables/macro.njk" import table %}
    {% set rows = [] %}{% for each in given.rows %}{% set cells = [] %}{% for one in each %}{% set heading = headings[loop.index0] %}
      {% set cells = (cells.push({ html: cell(one, heading.kind), format: "numeric" if heading.numeric }), cells) %}
    {% endfor %}{% set rows = (rows.push(cells), rows) %}{% endfor %}
    {% set cells = [] %}{% for one in given.foot %}{% set heading = headings[loop.index0] %}{% set html %}<strong>{{ cell(one, heading.kind) }}</strong>{% endset %}
      {% set cells = (cells.push({ html: html, format: "numeric" if heading.numeric, classes: "app-total" }), cells) %}
    {% endfor %}{% set rows = (rows.push(cells), rows) %}
    {% set head = [] %}{% for each in headings %}{% set head = (head.push({ text: each.text, format: "numeric" if each.numeric }), head) %}{% endfor %}
    {{ table({ id: "given-table", caption: { text: "Given", size: "m" }, head: head, rows: rows, responsive: true, firstCellIsHeader: true, compact: true }) }}`,
    { given: GIVEN, headings },
  );
  const [table = ''] = /<table.*<\/table>/.exec(told(ours)) ?? [];
  expect(table).toBe(told(theirs).trim());
  expect(table).toContain('R&amp;D &lt;b&gt;');
});
