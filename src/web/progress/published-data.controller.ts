import { Controller, Get, Param, Req, Res, type StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public, ServesPages } from '../../http/access.js';
import { answerPublicFile } from '../../http/public-file.js';
import { PublicationReader } from '../../progress-reports/publication.reader.js';
import { jsonPieces } from '../page/json-pieces.js';
import { measurementsFile } from './published.tables.js';
import { publishedData } from './published-data.js';

/** The file behind the public page, for programs: readable from any website, and kept by whoever likes. */
@Public()
@ServesPages()
@ApiExcludeController()
@Controller('progress')
export class PublishedDataController {
  constructor(private readonly publications: PublicationReader) {}

  @Get(':slug/data.json')
  data(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.publications.of(slug, (found) =>
      answerPublicFile(request, reply, {
        pieces: jsonPieces(publishedData(found)),
        mediaType: 'application/json',
      }),
    );
  }

  @Get(':slug/measurements.csv')
  measurements(
    @Param('slug') slug: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    return this.publications.of(slug, ({ measurements }) =>
      answerPublicFile(request, reply, {
        pieces: measurementsFile(measurements),
        ...{ mediaType: 'text/csv', fileName: `${slug}-measurements.csv` },
      }),
    );
  }
}
