import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, ServesPages } from '../../http/access.js';
import { answerPublicFile } from '../../http/public-file.js';
import { PublicationReader } from '../../progress-reports/publication.reader.js';
import { tableFile } from '../page/table-file.js';
import { measurementsTable } from './published.tables.js';
import { publishedData } from './published-data.js';

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
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const content = JSON.stringify(publishedData(await this.publications.of(slug)));
    return answerPublicFile(request, reply, { content, mediaType: 'application/json' });
  }

  @Get(':slug/measurements.csv')
  async measurements(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | undefined> {
    const { measurements } = await this.publications.of(slug);
    return answerPublicFile(request, reply, {
      content: tableFile(measurementsTable(measurements, null)),
      ...{ mediaType: 'text/csv', fileName: `${slug}-measurements.csv` },
    });
  }
}
