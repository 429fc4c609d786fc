import { Module } from '@nestjs/common';
import { IdentityModule } from '../../identity/identity.module.js';
import { HeldFormsController } from './held-forms.controller.js';
import { SignInController } from './sign-in.controller.js';

/** Signing in and out, and what was typed in between. */
@Module({ imports: [IdentityModule], controllers: [HeldFormsController, SignInController] })
export class AccountPagesModule {}
