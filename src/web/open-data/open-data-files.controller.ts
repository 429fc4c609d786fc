import { Controller, Get, Param, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, ServesPages } from '../../http/access.js';
import { answerPublicFile, type PublicFile } from '../../http/public-file.js';
import { BaseAddress } from '../../identity/base-address.js';
import { type OpenData, OpenDataReader } from '../../open-data/open-data.reader.js';
import { PACKAGE_SCHEMA } from '../../open-data/published.schema.js';
import { jsonPieces } from '../page/json-pieces.js';
import { tableFile } from '../page/table-file.js';
import { dictionaryTables } from './dictionary.page.js';
import { grantsFile, matchFile } from './open-data.files.js';

type Answer = Promise<StreamableFile | undefined>;

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
  package(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.file(slug, request, reply, ({ package: head, grants }) => ({
      pieces: jsonPieces({ ...head, grants }),
      mediaType: 'application/json',
    }));
  }

  @Get(['360giving.csv', ':slug/360giving.csv'])
  grants(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.file(slug, request, reply, ({ grants }) => csv(grantsFile(grants), '360giving'));
  }

  @Get(['match.csv', ':slug/match.csv'])
  match(
    @Param('slug') slug: string | undefined,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Answer {
    return this.file(slug, request, reply, ({ match }) => csv(matchFile(match), 'match'));
  }

  @Get('dictionary.json')
  schema(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Answer {
    const pieces = [JSON.stringify({ $schema: JSON_SCHEMA, ...PACKAGE_SCHEMA })];
    return answerPublicFile(request, reply, { pieces, mediaType: 'application/schema+json' });
  }

  @Get('dictionary.csv')
  dictionary(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Answer {
    const [fields] = dictionaryTables();
    return answerPublicFile(request, reply, csv([tableFile(fields)], 'dictionary'));
  }

  private file(
    slug: string | undefined,
    request: FastifyRequest,
    reply: FastifyReply,
    made: (open: OpenData) => PublicFile,
  ): Answer {
    return this.openData.of(this.address.origin(), slug ?? null, (open) => {
      const { modified: modifiedAt, license: licence } = open.package;
      return answerPublicFile(request, reply, { ...made(open), modifiedAt, licence });
    });
  }
}

const csv = (pieces: PublicFile['pieces'], name: string): PublicFile => ({
  pieces,
  mediaType: 'text/csv',
  fileName: `${name}.csv`,
});
