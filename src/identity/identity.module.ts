import { Module } from '@nestjs/common';
import { Authentication } from './authentication.js';
import { IdentityService } from './identity.service.js';

@Module({ providers: [Authentication, IdentityService], exports: [Authentication, IdentityService] })
export class IdentityModule {}
