import { Get, Param, Post, Query } from '@nestjs/common';
import { AssuranceReader } from '../../assurance/assurance.reader.js';
import { ProductService } from '../../assurance/product.service.js';
import { ProductsReader } from '../../assurance/products.reader.js';
import { BlueprintsReader, EVERYTHING } from '../../blueprints/blueprints.reader.js';
import { type Actor, may } from '../../core/actor.js';
import { By, Needs, Public } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { asked } from '../page/address.js';
import type { Form } from '../page/form.js';
import { type Onward, onward, type Page } from '../page/page.js';
import { Pages, Sent } from '../page/pages.js';
import { stepAnswers, stepNamed, stepPage } from '../page/step.js';
import { productsTrail } from './item.page.js';
import { productIn, productStep, VERSION_STEP } from './product-form.js';
import { libraryPage, productPage, productsPage } from './products.page.js';

/** Rows of a page of the lists. */
const LIMIT = 50;
const STEPS = { change: productStep, version: () => VERSION_STEP } as const;

/** Products and their versions; and, for anybody, outcomes of the apps library. */
@Pages()
export class ProductPagesController {
  constructor(
    private readonly products: ProductsReader,
    private readonly assurance: AssuranceReader,
    private readonly blueprints: BlueprintsReader,
    private readonly service: ProductService,
  ) {}

  @Get('products')
  @Needs('programme:read')
  async list(@By() actor: Actor, @Query() query: { named?: string; after?: string }): Promise<Page> {
    const named = asked(query.named);
    const page = { limit: LIMIT, after: asked(query.after) ?? undefined };
    return productsPage(await this.products.list(actor, named, page), named, {
      keeps: may(actor, 'product:keep'),
    });
  }

  @Get('products/new')
  @Needs('product:keep')
  begin(): Page {
    return stepPage(productStep(null), {
      ...{
        action: '/products/new',
        caption: 'Products',
        revision: null,
        trail: productsTrail(),
        back: '/products',
      },
    });
  }

  @Post('products/new')
  @Needs('product:keep')
  async record(@By() actor: Actor, @Sent() form: Form): Promise<Onward> {
    const step = productStep(null);
    const { id } = await this.service.record(actor, productIn(stepAnswers(step, form)));
    return onward(`/products/${id}`, step.notice);
  }

  @Get('products/:id')
  @Needs('programme:read')
  async one(@By() actor: Actor, @Param('id', IdPipe) id: string): Promise<Page> {
    const product = await this.products.one(actor, id);
    const items = await this.assurance.list(actor, { productId: id }, { limit: LIMIT });
    const uses = await this.products.usesOf(actor, id, { limit: LIMIT });
    const about = { ...EVERYTHING, product: id };
    const blueprints = await this.blueprints.library(actor, about, { limit: LIMIT });
    return productPage({ product, items, uses, blueprints }, { keeps: may(actor, 'product:keep') });
  }

  @Get('products/:id/steps/:step')
  @Needs('product:keep')
  async step(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
  ): Promise<Page> {
    const product = await this.products.one(actor, id);
    return stepPage(stepNamed(STEPS, name)(product), {
      action: `/products/${id}/steps/${name}`,
      caption: product.name,
      revision: product.revision,
      trail: productsTrail(product),
      back: `/products/${id}`,
    });
  }

  @Post('products/:id/steps/:step')
  @Needs('product:keep')
  async take(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Param('step') name: string,
    @Sent() form: Form,
  ): Promise<Onward> {
    const step = stepNamed(STEPS, name)(null);
    const answers = stepAnswers(step, form);
    if (step === VERSION_STEP) {
      const version = { version: String(answers.version), releasedOn: String(answers.releasedOn) };
      await this.service.addVersion(actor, id, form.revision, version);
    } else await this.service.change(actor, id, form.revision, productIn(answers));
    return onward(`/products/${id}`, name === 'version' ? step.notice : 'The product was changed.');
  }

  @Get('library-outcomes')
  @Public()
  async outcomes(@Query() query: { after?: string }): Promise<Page> {
    const after = asked(query.after) ?? undefined;
    return libraryPage(await this.assurance.libraryOutcomes({ limit: LIMIT, after }));
  }
}
