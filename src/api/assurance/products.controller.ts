import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DeploymentService } from '../../assurance/deployment.service.js';
import { ProductService } from '../../assurance/product.service.js';
import { ProductsReader } from '../../assurance/products.reader.js';
import type { Actor } from '../../core/actor.js';
import { By, IfMatch, Needs } from '../../http/access.js';
import { IdPipe } from '../../http/id.pipe.js';
import { linked, PageQuery } from '../paging.js';
import {
  DeploymentDto,
  DeploymentEndDto,
  DeploymentsQuery,
  ProductDto,
  ProductsQuery,
  ProductVersionDto,
} from './assurance.dto.js';
import { DeploymentPageView, DeploymentView, ProductPageView, ProductVersionsView } from './products.view.js';

const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"1"',
});

/** Products, their versions, and the projects that use them. */
@ApiTags('products')
@Controller('v1')
export class ProductsController {
  constructor(
    private readonly reader: ProductsReader,
    private readonly products: ProductService,
    private readonly deployments: DeploymentService,
  ) {}

  @Get('products')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Products that programmes deploy, by name' })
  @ApiResponse({ status: 200, type: ProductPageView })
  async list(
    @By() actor: Actor,
    @Query() query: ProductsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.list(actor, query.named ?? null, query), request, reply);
  }

  @Post('products')
  @Needs('product:keep')
  @ApiOperation({ summary: 'Record a product' })
  @ApiResponse({ status: 201, type: ProductVersionsView })
  async record(
    @By() actor: Actor,
    @Body() body: ProductDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recorded = await this.products.record(actor, body);
    reply.header('Location', `/v1/products/${recorded.id}`);
    return recorded;
  }

  @Get('products/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One product, with its versions' })
  @ApiResponse({ status: 200, type: ProductVersionsView })
  one(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.one(actor, id);
  }

  @Put('products/:id')
  @Needs('product:keep')
  @CHANGES
  @ApiOperation({ summary: 'Correct what is written of a product' })
  @ApiResponse({ status: 200, type: ProductVersionsView })
  change(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ProductDto,
  ) {
    return this.products.change(actor, id, revision, body);
  }

  @Post('products/:id/versions')
  @HttpCode(200)
  @Needs('product:keep')
  @CHANGES
  @ApiOperation({ summary: 'Add a version to a product' })
  @ApiResponse({ status: 200, type: ProductVersionsView })
  addVersion(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: ProductVersionDto,
  ) {
    return this.products.addVersion(actor, id, revision, body);
  }

  @Get('products/:id/deployments')
  @Needs('programme:read')
  @ApiOperation({ summary: 'The uses of a product that you may see' })
  @ApiResponse({ status: 200, type: DeploymentPageView })
  async uses(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @Query() query: PageQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return linked(await this.reader.usesOf(actor, id, query), request, reply);
  }

  @Get('programmes/:slug/deployments')
  @Needs('programme:read')
  @ApiOperation({ summary: 'Which projects use which versions of which products' })
  @ApiResponse({ status: 200, type: DeploymentPageView })
  async deployed(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Query() query: DeploymentsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { trust = null, project = null } = query;
    return linked(await this.reader.deployments(actor, slug, { trust, project }, query), request, reply);
  }

  @Post('programmes/:slug/deployments')
  @Needs('assurance:prepare')
  @ApiOperation({ summary: 'Record that a project of your trust uses a version from a day on' })
  @ApiResponse({ status: 201, type: DeploymentView })
  async deploy(
    @By() actor: Actor,
    @Param('slug') slug: string,
    @Body() body: DeploymentDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const recorded = await this.deployments.record(actor, slug, body);
    reply.header('Location', `/v1/deployments/${recorded.id}`);
    return recorded;
  }

  @Get('deployments/:id')
  @Needs('programme:read')
  @ApiOperation({ summary: 'One use of a version by a project' })
  @ApiResponse({ status: 200, type: DeploymentView })
  deployment(@By() actor: Actor, @Param('id', IdPipe) id: string) {
    return this.reader.deployment(actor, id);
  }

  @Post('deployments/:id/end')
  @HttpCode(200)
  @Needs('assurance:prepare')
  @CHANGES
  @ApiOperation({ summary: 'End the use of a version, with its last day' })
  @ApiResponse({ status: 200, type: DeploymentView })
  end(
    @By() actor: Actor,
    @Param('id', IdPipe) id: string,
    @IfMatch() revision: number | null,
    @Body() body: DeploymentEndDto,
  ) {
    return this.deployments.end(actor, id, revision, body);
  }
}
