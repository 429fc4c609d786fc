import { Module } from '@nestjs/common';
import { FindingsModule } from '../../findings/findings.module.js';
import { FindingStepsController } from './finding-steps.controller.js';
import { FindingsController } from './findings.controller.js';

/** What reviews and audits found, as the API shows it. */
@Module({ imports: [FindingsModule], controllers: [FindingsController, FindingStepsController] })
export class FindingsApiModule {}
