import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class FaultView {
  @ApiProperty({ example: 'missing' }) code: string;
  @ApiProperty({ example: 'denominator is missing: it must be a whole number.' }) message: string;
  @ApiProperty({
    description: 'JSON Pointer into the body, or the name of a header or parameter.',
    example: '/measurements/3/denominator',
  })
  pointer: string;
  @ApiPropertyOptional({ description: 'For an uploaded definition.' }) file?: string;
  @ApiPropertyOptional({ type: 'integer' }) line?: number;
  @ApiPropertyOptional({ type: 'integer' }) column?: number;
}

class AboutView {
  @ApiProperty({ description: 'What kind of thing it is.', example: 'milestone' }) kind: string;
  @ApiProperty({ description: 'Its id.', format: 'uuid' }) id: string;
  @ApiProperty({ description: 'Its name.', example: 'Go-live on all wards' }) name: string;
}

export class BlockerView {
  @ApiProperty({ example: 'certifier-is-preparer' }) code: string;
  @ApiProperty({ example: 'Whoever prepared a return cannot certify it. Ask another person.' })
  message: string;
  @ApiPropertyOptional() pointer?: string;
  @ApiPropertyOptional({ description: 'The thing that it points at.', type: AboutView }) about?: AboutView;
  @ApiPropertyOptional() clearedBy?: string;
  @ApiPropertyOptional({ format: 'date' }) dueOn?: string;
}

/** A refusal as RFC 9457 describes it. */
export class ProblemView {
  @ApiProperty({ example: 'urn:exemplar:problem:blocked' }) type: string;
  @ApiProperty({ example: 'This cannot be done now' }) title: string;
  @ApiProperty({ type: 'integer', example: 409 }) status: number;
  @ApiProperty({ example: 'This return cannot be certified yet.' }) detail: string;
  @ApiProperty({ example: 'blocked' }) code: string;
  @ApiProperty({ example: 'urn:request:2f1c9a54-8a0f-4f0e-9d5c-6f6f0a1b2c3d' }) instance: string;
  @ApiPropertyOptional({ description: 'Why the thing cannot happen now.', type: [BlockerView] })
  blockers?: BlockerView[];
  @ApiPropertyOptional({ description: 'What is wrong with the request, and where.', type: [FaultView] })
  errors?: FaultView[];
}
