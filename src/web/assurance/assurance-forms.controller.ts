import { Get, Param, Post, Query } from '@nestjs/common';
import { AssuranceItemService } from '../../assurance/assurance-item.service.js';
import { ASSURANCE_KINDS, type AssuranceKind, KINDS } from '../../assurance/assurance-kinds.js';
import { DeploymentService } from '../../assurance/deployment.service.js';
import { ProductsReader } from '../../assurance/products.reader.js';
import type { Actor } from '../../core/actor.js';
import { notFound } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { ProgrammesReader } from '../../programmes/programmes.reader.js';
import { asked } from '../page/address.js';
import { chosen } from '../page/filter.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepPage } from '../page/step.js';
import { programmeTrail } from '../programme/programme.trail.js';
import { productsTrail } from './item.page.js';
import { contentIn, newItemStep, type SubjectChoice } from './item-form.js';
import { deploymentStep, END_STEP } from './product-form.js';
import { Subjects } from './subjects.js';

/** Forms that record what is used, and what is held: by a trust from its programme, by the funder from a product. */
@Pages()
@Needs('assurance:prepare')
export class AssuranceFormsController {
  constructor(
    private readonly programmes: ProgrammesReader,
    private readonly products: ProductsReader,
    private readonly subjects: Subjects,
    private readonly items: AssuranceItemService,
    private readonly deployments: DeploymentService,
  ) {}

  @Get('programmes/:slug/assurance/new/:kind')
  async ofTrust(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Param('kind') name: string,
    @Query() query: { subject?: string },
  ): Promise<Page> {
    const kind = kindNamed(name);
    const programme = await this.programmes.one(actor, slug);
    const back = `/programmes/${slug}/assurance`;
    const choices = await this.subjects.ofTrust(actor, slug, kind);
    return stepPage(newItemStep(kind, choices, subjectOf(choices, query.subject)), {
      action: `${back}/new/${kind}`,
      caption: programme.name,
      revision: null,
      trail: programmeTrail(programme, { text: 'Assurance', href: back }),
      back,
    });
  }

  @Post('programmes/:slug/assurance/new/:kind')
  beginOfTrust(@By() actor: Actor, @Param('kind') name: string, @Sent() form: Form): Promise<Onward> {
    return this.begin(actor, kindNamed(name), form);
  }

  @Get('products/:id/assurance/new/:kind')
  async ofProduct(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('kind') name: string,
    @Query() query: { subject?: string },
  ): Promise<Page> {
    const kind = kindNamed(name);
    const product = await this.products.one(actor, id);
    const choices = this.subjects.ofProduct(product, kind);
    return stepPage(newItemStep(kind, choices, subjectOf(choices, query.subject)), {
      action: `/products/${id}/assurance/new/${kind}`,
      caption: product.name,
      revision: null,
      trail: productsTrail(product),
      back: `/products/${id}`,
    });
  }

  @Post('products/:id/assurance/new/:kind')
  beginOfProduct(@By() actor: Actor, @Param('kind') name: string, @Sent() form: Form): Promise<Onward> {
    return this.begin(actor, kindNamed(name), form);
  }

  @Get('programmes/:slug/deployments/new')
  async use(@By() actor: Actor, @Param('slug') slug: string): Promise<Page> {
    const programme = await this.programmes.one(actor, slug);
    const back = `/programmes/${slug}/assurance`;
    const projects = await this.subjects.projectCodes(actor, slug);
    return stepPage(deploymentStep(projects, await this.subjects.versions(actor)), {
      action: `/programmes/${slug}/deployments/new`,
      caption: programme.name,
      revision: null,
      trail: programmeTrail(programme, { text: 'Assurance', href: back }),
      back,
    });
  }

  @Post('programmes/:slug/deployments/new')
  async deploy(@By() actor: Actor, @Param('slug') slug: string, @Sent() form: Form): Promise<Onward> {
    const wanted = {
      project: form.text('project', { label: 'Project', max: 160 }),
      version: form.text('version', { label: 'Product and version', max: 160 }),
      fromOn: form.day('fromOn', { label: 'First day of its use' }) ?? '',
    };
    form.check();
    await this.deployments.record(actor, slug, wanted);
    return onward(`/programmes/${slug}/assurance`, 'The use was recorded.');
  }

  @Get('deployments/:id/steps/end')
  async ending(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const { programme, product, version, project, revision } = await this.products.deployment(actor, id);
    const back = `/programmes/${programme.slug}/assurance`;
    return stepPage(END_STEP, {
      action: `/deployments/${id}/steps/end`,
      caption: `${product.name} ${version.name} in ${project.name}`,
      revision,
      trail: programmeTrail(programme, { text: 'Assurance', href: back }),
      back,
    });
  }

  @Post('deployments/:id/steps/end')
  async end(@By() actor: Actor, @Param('id', IdPipe) id: string, @Sent() form: Form): Promise<Onward> {
    const { toOn } = stepAnswers(END_STEP, form);
    const { programme } = await this.deployments.end(actor, id, form.revision, { toOn: String(toOn) });
    return onward(`/programmes/${programme.slug}/assurance`, END_STEP.notice);
  }

  private async begin(actor: Actor, kind: AssuranceKind, form: Form): Promise<Onward> {
    const subject = form.text('subject', {
      label: `The ${KINDS[kind].level.replaceAll('-', ' ')}`,
      max: 100,
    });
    // What it is of was chosen from a list: the service finds out whether it is there, and the actor's.
    const { fields, notice } = newItemStep(kind, [], null);
    const answers = stepAnswers({ fields: fields.filter(({ name }) => name !== 'subject') }, form);
    const { id } = await this.items.begin(actor, { kind, subject, ...contentIn(answers) });
    return onward(`/assurance/${id}`, notice);
  }
}

/** @throws Problem 404 */
function kindNamed(name: string): AssuranceKind {
  const kind = chosen(name, ASSURANCE_KINDS);
  if (kind === null) throw notFound('kind of evidence');
  return kind;
}

/**
 * The subject that an address names, or the only one where it names none and there is but one.
 * @throws Problem 404 for one that the reader may not choose
 */
function subjectOf(choices: readonly SubjectChoice[], named: unknown): string | null {
  const wanted = asked(named);
  if (wanted === null) return choices.length === 1 ? (choices[0]?.value ?? null) : null;
  if (!choices.some(({ value }) => value === wanted)) throw notFound('subject of this evidence');
  return wanted;
}
