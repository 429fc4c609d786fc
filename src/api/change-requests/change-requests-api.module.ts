import { Module } from '@nestjs/common';
import { ChangeRequestsModule } from '../../change-requests/change-requests.module.js';
import { ChangeDecisionsController } from './change-decisions.controller.js';
import { ChangeRequestsController } from './change-requests.controller.js';

/** Change requests, as the API shows them. */
@Module({
  imports: [ChangeRequestsModule],
  controllers: [ChangeDecisionsController, ChangeRequestsController],
})
export class ChangeRequestsApiModule {}
