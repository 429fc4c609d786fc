import { Module } from '@nestjs/common';
import { ProgrammesModule } from '../../programmes/programmes.module.js';
import { ProgressReportsModule } from '../../progress-reports/progress-reports.module.js';
import { ReceiptPagesController } from './receipts.controller.js';
import { ReturnController } from './return.controller.js';
import { ReturnStepsController } from './return-steps.controller.js';
import { ReturnsListController } from './returns-list.controller.js';

/** Returns: filled in, certified, submitted, reviewed; and what becomes of what the queue is asked to do. */
@Module({
  imports: [ProgrammesModule, ProgressReportsModule],
  controllers: [ReturnsListController, ReturnStepsController, ReceiptPagesController, ReturnController],
})
export class ReturnPagesModule {}
