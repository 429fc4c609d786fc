import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/identity.module.js';
import { PeoplePagesController } from './people.controller.js';

/** Pages of people, for administrators. */
@Module({ imports: [IdentityModule], controllers: [PeoplePagesController] })
export class PeoplePagesModule {}
