import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/identity.module.js';
import { OpenDataModule } from '../../open-data/open-data.module.js';
import { OpenDataPagesController } from './open-data.controller.js';
import { OpenDataFilesController } from './open-data-files.controller.js';

/** Accepted figures for anybody, and the pages that explain them. */
@Module({
  imports: [IdentityModule, OpenDataModule],
  controllers: [OpenDataFilesController, OpenDataPagesController],
})
export class OpenDataPagesModule {}
