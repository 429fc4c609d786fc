import { Module } from '@nestjs/common';
import { IdentityModule } from '../identity/identity.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { ExportService } from './export.service.js';
import { ExportMaker } from './export-maker.js';
import { ListSource } from './list-source.js';
import { MakeExportJob } from './make-export.job.js';
import { RemoveExportsJob } from './remove-exports.job.js';

/** Lists as files that the queue makes. Where it works off the queue, the program must answer requests too, be it only its own. */
@Module({
  imports: [IdentityModule, StorageModule],
  providers: [ListSource, ExportMaker, ExportService, MakeExportJob, RemoveExportsJob],
  exports: [ExportService],
})
export class ExportsModule {}
