import { Module } from '@nestjs/common';
import { ExportsModule } from '../../exports/exports.module.js';
import { PageModule } from '../page/page.module.js';
import { ExportPagesController } from './exports.controller.js';

@Module({ imports: [PageModule, ExportsModule], controllers: [ExportPagesController] })
export class ExportPagesModule {}
