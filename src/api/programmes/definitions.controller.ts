import { Body, Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../core/actor.js';
import { malformed } from '../../core/problems.js';
import { By, Needs } from '../../http/access.js';
import { READS_YAML } from '../../http/json-body.js';
import { DefinitionService } from '../../programmes/definition.service.js';
import { DefinitionOutcomeView } from './programmes.view.js';

const FILE = ApiBody({ description: 'A programme definition, as YAML.', schema: { type: 'string' } });

@ApiTags('programmes')
@Needs('programme:define')
@Controller('v1/programme-definitions')
export class DefinitionsController {
  constructor(private readonly definitions: DefinitionService) {}

  @Post()
  @HttpCode(200)
  @RouteConfig(READS_YAML)
  @ApiConsumes('application/yaml')
  @FILE
  @ApiOperation({
    summary: 'Apply a definition: all of it or nothing; one that is in force already changes nothing',
  })
  @ApiResponse({ status: 200, type: DefinitionOutcomeView })
  apply(@By() actor: Actor, @Body() body: unknown, @Req() request: FastifyRequest) {
    return this.definitions.apply(actor, textOf(body), nameOf(request));
  }

  @Post('differences')
  @HttpCode(200)
  @RouteConfig(READS_YAML)
  @ApiConsumes('application/yaml')
  @FILE
  @ApiOperation({ summary: 'What applying a definition would change; nothing is changed' })
  @ApiResponse({ status: 200, type: DefinitionOutcomeView })
  diff(@By() actor: Actor, @Body() body: unknown, @Req() request: FastifyRequest) {
    return this.definitions.diff(actor, textOf(body), nameOf(request));
  }
}

function textOf(body: unknown): string {
  if (typeof body !== 'string')
    throw malformed(
      'body-missing',
      'Send the definition file as the body, with Content-Type application/yaml.',
    );
  return body;
}

/** What faults call the file: the last part of Content-Location, where the caller sends one. */
function nameOf(request: FastifyRequest): string {
  const given = request.headers['content-location'];
  return (typeof given === 'string' && given.split('/').at(-1)) || 'definition.yaml';
}
