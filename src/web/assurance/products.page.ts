import type { AssuranceItemView, LibraryOutcome } from '../../assurance/assurance-item.queries.js';
import { heldByFunder } from '../../assurance/assurance-item.rules.js';
import { ASSURANCE_KINDS, KINDS } from '../../assurance/assurance-kinds.js';
import type {
  DeploymentView,
  ProductVersionView,
  ProductView,
  ProductWithVersions,
} from '../../assurance/product.queries.js';
import type { ListedBlueprint } from '../../blueprints/blueprints.reader.js';
import type { Page as ListPage } from '../../core/paging.js';
import { nextAddress } from '../page/address.js';
import type { Page } from '../page/page.js';
import { date, number, state, type Table, table, text } from '../page/table.js';
import { outcomeWords } from './assurance.words.js';
import { productsTrail } from './item.page.js';
import { itemsTable } from './programme-assurance.page.js';

/** Products that programmes deploy, by name. */
export function productsPage(
  { items, next }: ListPage<ProductView>,
  named: string | null,
  reader: { keeps: boolean },
): Page {
  return {
    view: 'assurance/products.njk',
    title: 'Products',
    tables: [
      table<ProductView>({
        id: 'products',
        caption: 'Products, by name',
        rows: items,
        columns: [
          text('Product', (row) => row.name, {
            href: (row) => `/products/${row.id}`,
            note: (row) => row.summary,
          }),
          text('Supplier', (row) => row.supplier),
          number('Versions', (row) => row.versions),
          number('In use', (row) => row.deployments),
        ],
        empty: reader.keeps
          ? 'No product matches. Record a product before a trust can say that it uses it.'
          : 'No product matches. Ask your programme manager to record it.',
        next: nextAddress('/products', { named }, next),
        whole: '/v1/products',
      }),
    ],
    model: {
      keeps: reader.keeps,
      filters: [{ name: 'named', label: 'Name or supplier', value: named, items: null }],
    },
  };
}

/** What a product's page shows. */
export interface ShownProduct {
  product: ProductWithVersions;
  items: ListPage<AssuranceItemView>;
  uses: ListPage<DeploymentView>;
  blueprints: ListPage<ListedBlueprint>;
}

/** One product: its versions, the evidence that it is safe and lawful to use, and who uses it. */
export function productPage(
  { product, items, uses, blueprints }: ShownProduct,
  reader: { keeps: boolean },
): Page {
  const root = `/products/${product.id}`;
  return {
    view: 'assurance/product.njk',
    title: product.name,
    caption: product.supplier,
    trail: productsTrail(),
    tables: [
      table<ProductVersionView>({
        id: 'versions',
        caption: 'Versions, the latest first',
        rows: product.versionList,
        columns: [text('Version', (row) => row.version), date('Released', (row) => row.releasedOn)],
        empty: 'No version is recorded. Add one before a trust can say that it uses it.',
      }),
      itemsTable(items.items, {
        caption: 'Evidence of this product and its versions',
        empty: 'No evidence of this product is recorded.',
        whole: `/v1/assurance-items?product=${product.id}`,
        next: items.next === null ? null : `/v1/assurance-items?product=${product.id}`,
      }),
      productUsesTable(product.id, uses),
      productBlueprintsTable(product.id, blueprints),
    ],
    model: {
      product,
      keeps: reader.keeps,
      links: reader.keeps
        ? [
            { text: 'Add a version', href: `${root}/steps/version` },
            { text: 'Correct this product', href: `${root}/steps/change` },
          ]
        : [],
      kinds: reader.keeps
        ? ASSURANCE_KINDS.filter((kind) => heldByFunder(KINDS[kind].level)).map((kind) => ({
            text: KINDS[kind].name,
            href: `${root}/assurance/new/${kind}`,
            note: KINDS[kind].shows,
          }))
        : [],
    },
  };
}

function productUsesTable(id: string, { items, next }: ListPage<DeploymentView>): Table {
  const whole = `/v1/products/${id}/deployments`;
  return table<DeploymentView>({
    id: 'uses',
    caption: 'Who uses it, as far as you may see',
    rows: items,
    columns: [
      text('Project', (row) => row.project.name, {
        href: (row) => `/programmes/${row.programme.slug}/projects/${row.project.code}`,
        note: (row) => row.trust.name,
      }),
      text('Version', (row) => row.version.name),
      date('From', (row) => row.fromOn),
      date('Until', (row) => row.toOn),
    ],
    empty: 'No project that you may see uses it.',
    whole,
    next: next === null ? null : whole,
  });
}

function productBlueprintsTable(id: string, { items, next }: ListPage<ListedBlueprint>): Table {
  const whole = `/v1/blueprints?product=${id}`;
  return table<ListedBlueprint>({
    id: 'blueprints',
    caption: 'Published blueprints that are about it, the latest first',
    rows: items,
    columns: [
      text('Blueprint', (row) => row.title, {
        href: (row) => `/blueprints/${row.id}`,
        note: (row) => row.trust.name,
      }),
      number('Adoptions', (row) => row.uses.adoptions, { note: (row) => `${row.uses.live} live` }),
      date('Published', (row) => row.publishedAt?.slice(0, 10) ?? null),
    ],
    empty: 'No published blueprint names it.',
    whole,
    next: next === null ? null : whole,
  });
}

/** Outcomes of the NHS apps library that were published, for anybody. */
export function libraryPage({ items, next }: ListPage<LibraryOutcome>): Page {
  return {
    view: 'assurance/library.njk',
    title: 'NHS apps library outcomes',
    tables: [
      table<LibraryOutcome>({
        id: 'outcomes',
        caption: 'Outcomes, the latest first',
        rows: items,
        columns: [
          text('Product', (row) => row.product, { note: (row) => row.supplier }),
          text('Outcome', (row) => outcomeWords(row.outcome)),
          date('Assessed', (row) => row.assessedOn),
          date('Holds until', (row) => row.expiresOn),
          state('Standing', ({ superseded }) =>
            superseded
              ? { words: 'A later one stands', colour: 'grey' }
              : { words: 'Stands', colour: 'green' },
          ),
        ],
        empty: 'No outcome is published yet.',
        next: nextAddress('/library-outcomes', {}, next),
        whole: '/v1/library-outcomes',
      }),
    ],
    model: {
      illustrative: items.some(({ illustrative }) => illustrative),
      assumed: KINDS['library-outcome'].assumed,
    },
  };
}
