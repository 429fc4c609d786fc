import { Injectable } from '@nestjs/common';
import { type AssuranceKind, KINDS } from '../../assurance/assurance-kinds.js';
import type { ProductWithVersions } from '../../assurance/product.queries.js';
import { ProductsReader } from '../../assurance/products.reader.js';
import type { Actor } from '../../core/actor.js';
import { ProjectsReader } from '../../projects/projects.reader.js';
import { MOST_CHOICES } from '../page/filter.js';
import type { SubjectChoice } from './item-form.js';

/** As many versions as anybody looks for in a list. */
const MOST_VERSIONS = 200;

/** What evidence may be of, and what may be deployed, as choices. */
@Injectable()
export class Subjects {
  constructor(
    private readonly products: ProductsReader,
    private readonly projects: ProjectsReader,
  ) {}

  /** What a trust holds evidence of: its uses of products, its projects, or itself. @throws Problem 404 */
  async ofTrust(actor: Actor, slug: string, kind: AssuranceKind): Promise<SubjectChoice[]> {
    const { level } = KINDS[kind];
    if (level === 'organisation')
      return actor.trustOds ? [{ value: actor.trustOds, text: `Your trust (${actor.trustOds})` }] : [];
    if (level === 'project')
      return (await this.projectsOf(actor, slug)).map(({ id, name }) => ({ value: id, text: name }));
    const { items } = await this.products.deployments(
      actor,
      slug,
      { trust: actor.trustOds, project: null },
      { limit: MOST_CHOICES },
    );
    return items
      .filter(({ toOn }) => toOn === null)
      .map(({ id, product, version, project }) => ({
        value: id,
        text: `${product.name} ${version.name} in ${project.name}`,
      }));
  }

  /** What evidence of a product may be of: itself, or a version of it. */
  ofProduct({ id, name, versionList }: ProductWithVersions, kind: AssuranceKind): SubjectChoice[] {
    if (KINDS[kind].level === 'product') return [{ value: id, text: name }];
    return versionList.map((each) => ({ value: each.id, text: `${name} ${each.version}` }));
  }

  /** A trust's projects, by code. @throws Problem 404 */
  async projectCodes(actor: Actor, slug: string): Promise<SubjectChoice[]> {
    return (await this.projectsOf(actor, slug)).map(({ code, name }) => ({ value: code, text: name }));
  }

  /** Versions that may be deployed, by product. */
  async versions(actor: Actor): Promise<SubjectChoice[]> {
    const versions = await this.products.versions(actor, MOST_VERSIONS);
    return versions.map(({ id, product, version }) => ({ value: id, text: `${product} ${version}` }));
  }

  private async projectsOf(actor: Actor, slug: string) {
    const { items } = await this.projects.ofProgramme(actor, slug, { limit: MOST_CHOICES }, actor.trustOds);
    return items;
  }
}
