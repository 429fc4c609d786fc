import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { Actor } from '../core/actor.js';
import { PERMISSIONS, permissionsOf, ROLES } from '../core/permissions.js';
import { By, SignedIn } from '../http/access.js';

class MeView {
  @ApiProperty({ description: 'Your id.', format: 'uuid' }) id: string;
  @ApiProperty({ example: 'Amina Hussain' }) name: string;
  @ApiProperty({ enum: [...ROLES] }) role: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'ODS code of the trust that you act for.',
    example: 'RW4',
  })
  trust: string | null;
  @ApiProperty({ description: 'What your role may do.', enum: [...PERMISSIONS], isArray: true })
  permissions: readonly string[];
}

@ApiTags('identity')
@Controller('v1/me')
export class MeController {
  @Get()
  @SignedIn()
  @ApiOperation({ summary: 'Who you are, and what you may do' })
  @ApiResponse({ status: 200, type: MeView })
  me(@By() actor: Actor): MeView {
    const { id, name, role, trustOds } = actor;
    return { id, name, role, trust: trustOds, permissions: role === 'system' ? [] : permissionsOf(role) };
  }
}
