import { Module } from '@nestjs/common';
import { HomeController } from './home.controller.js';

/** Where everybody arrives. */
@Module({ controllers: [HomeController] })
export class HomePagesModule {}
