import { ApiHeader } from '@nestjs/swagger';

/** Says that a change needs the ETag that was read. */
export const CHANGES = ApiHeader({
  name: 'If-Match',
  required: true,
  description: 'The ETag that you read.',
  example: '"3"',
});
