import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, ServesPages } from '../../http/access.js';
import { answerPublicFile, type PublicFile } from '../../http/public-file.js';
import { BaseAddress } from '../../identity/base-address.js';
import { OpenDataReader } from '../../open-data/open-data.reader.js';
import { PACKAGE_SCHEMA } from '../../open-data/published.schema.js';
import { tableFile } from '../page/table-file.js';
import { dictionaryTables } from './dictionary.page.js';
import { grantsFile, matchFile } from './open-data.files.js';

const JSON_SCHEMA = 'https://json-schema.org/draft/2020-12/schema';

/** The files of open data, at addresses that stay: of all programmes, and of each. */
@Public()
@ServesPages()
@ApiExcludeController()
@Controller('open-data')
export class OpenDataFilesController {
  constructor(
    private readonly openData: OpenDataReader,
    private readonly address: BaseAddress,
  ) {}

  @Get(['360giving.json', ':slug/360giving.json'])
  async package(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { package: grants } = await this.openData.of(this.address.origin(), slug ?? null);
    return answerPublicFile(request, reply, {
      content: JSON.stringify(grants),
      mediaType: 'application/json',
      ...{ modifiedAt: grants.modified, licence: grants.license },
    });
  }

  @Get(['360giving.csv', ':slug/360giving.csv'])
  async grants(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { package: grants } = await this.openData.of(this.address.origin(), slug ?? null);
    return answerPublicFile(request, reply, {
      ...csv(grantsFile(grants.grants), '360giving'),
      ...{ modifiedAt: grants.modified, licence: grants.license },
    });
  }

  @Get(['match.csv', ':slug/match.csv'])
  async match(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { package: grants, match } = await this.openData.of(this.address.origin(), slug ?? null);
    return answerPublicFile(request, reply, {
      ...csv(matchFile(match), 'match'),
      ...{ modifiedAt: grants.modified, licence: grants.license },
    });
  }

  @Get('dictionary.json')
  schema(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | undefined {
    const content = JSON.stringify({ $schema: JSON_SCHEMA, ...PACKAGE_SCHEMA });
    return answerPublicFile(request, reply, { content, mediaType: 'application/schema+json' });
  }

  @Get('dictionary.csv')
  dictionary(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | undefined {
    const [fields] = dictionaryTables();
    return answerPublicFile(request, reply, csv(tableFile(fields), 'dictionary'));
  }
}

const csv = (content: string, name: string): PublicFile => ({
  content,
  mediaType: 'text/csv',
  fileName: `${name}.csv`,
});
