import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public, ServesPages } from '../../http/access.js';
import { PublicationReader } from '../../progress-reports/publication.reader.js';
import { isFresh, publishedData, taggedJson } from './published-data.js';

/** The file behind the public page, for programs: readable from any website, and kept by whoever likes. */
@Public()
@ServesPages()
@ApiExcludeController()
@Controller('progress')
export class PublishedDataController {
  constructor(private readonly publications: PublicationReader) {}

  @Get(':slug/data.json')
  async data(
    @Param('slug') slug: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { json, etag } = taggedJson(publishedData(await this.publications.of(slug)));
    reply
      .header('ETag', etag)
      .header('Cache-Control', 'public, max-age=300')
      .header('Access-Control-Allow-Origin', '*')
      .header('Access-Control-Expose-Headers', 'ETag')
      .header('Cross-Origin-Resource-Policy', 'cross-origin');
    if (isFresh(known, etag)) {
      reply.status(304);
      return undefined;
    }
    reply.header('Content-Type', 'application/json; charset=utf-8');
    return json;
  }
}
