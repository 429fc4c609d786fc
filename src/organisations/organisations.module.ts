import { Module } from '@nestjs/common';
import { OrganisationsReader } from './organisations.reader.js';

@Module({ providers: [OrganisationsReader], exports: [OrganisationsReader] })
export class OrganisationsModule {}
