import type { ApiPropertyOptions } from '@nestjs/swagger';
import { INSTANT, Shows, ShowsOrNull, WHOLE } from '../fields.js';

const HASHES: ApiPropertyOptions = {
  type: [String],
  example: ['CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I='],
};

class KeyNameView {
  @Shows('The first four bytes of a hash of name and key, in hexadecimal.', { example: '530d903a' })
  id: string;
  @Shows('The public key with its name, as C2SP signed-note writes it.', {
    example: 'exemplar.example/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  })
  vkey: string;
}

export class CheckpointView {
  @Shows('How many entries it covers: those numbered 1 to this.', { ...WHOLE, example: 4_312 }) size: number;
  @Shows('The root of the tree of RFC 6962 over them, 32 bytes in base64.', {
    example: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  })
  root: string;
  @Shows('When the newest of them was recorded.', INSTANT) recordedAt: string;
  @Shows('When it was signed.', INSTANT) signedAt: string;
  @Shows('What it was signed with.') key: KeyNameView;
  @Shows('The checkpoint itself, as it was signed (C2SP tlog-checkpoint): keep this.') note: string;
  @ShowsOrNull('When it was published as a file; null where it was not, or not yet.', String, INSTANT)
  publishedAt: string | null;
}

export class CheckpointPageView {
  @Shows('The checkpoints, the newest first.', { type: [CheckpointView] }) items: CheckpointView[];
  @ShowsOrNull('The cursor of the next page.', String) next: string | null;
}

class CheckpointKeyView extends KeyNameView {
  @Shows('When it signed first.', INSTANT) firstUsedAt: string;
  @ShowsOrNull('The size of the first checkpoint that it signed.', Number, WHOLE)
  firstSize: number | null;
  @ShowsOrNull('The size of the last one so far.', Number, WHOLE)
  lastSize: number | null;
}

export class CheckpointKeysView {
  @Shows('The keys, the newest first.', { type: [CheckpointKeyView] }) items: CheckpointKeyView[];
}

export class InclusionProofView {
  @Shows('What is proved, and how to check it, in words.') words: string;
  @Shows('The number of the entry; it is leaf `entry - 1` of the tree.', WHOLE) entry: number;
  @Shows('SHA-256 of a zero byte and the UTF-8 bytes of the entry’s leaf, in base64.') leafHash: string;
  @Shows('The proof (RFC 6962 section 2.1.1), from the leaf up.', HASHES) hashes: string[];
  @Shows('The checkpoint that it is held against.') checkpoint: CheckpointView;
}

export class ConsistencyProofView {
  @Shows('What is proved, and how to check it, in words.') words: string;
  @Shows('The earlier checkpoint.') from: CheckpointView;
  @Shows('The later one.') to: CheckpointView;
  @Shows('The proof (RFC 6962 section 2.1.2).', HASHES) hashes: string[];
}

class LogFaultView {
  @Shows('What was found, for programs.', { example: 'entry-altered' }) code: string;
  @ShowsOrNull('The entry that is not as it was, where it is one.', Number, WHOLE)
  number: number | null;
  @Shows('What was found.') words: string;
  @Shows('When.', INSTANT) foundAt: string;
}

class PublicationView {
  @ShowsOrNull('The largest checkpoint that is published.', Number, WHOLE)
  size: number | null;
  @Shows('How many are not published yet.', { ...WHOLE, example: 0 }) waiting: number;
  @ShowsOrNull('When the oldest of those was signed.', String, INSTANT) waitingSince: string | null;
}

export class ProofStandingView {
  @Shows('Whether checkpoints are signed, were stopped by what was found, or there is none yet.', {
    enum: ['signing', 'stopped', 'none yet'],
  })
  state: string;
  @ShowsOrNull('The newest checkpoint.', CheckpointView) checkpoint: CheckpointView | null;
  @Shows('The number of the newest entry of the log.', WHOLE) last: number;
  @Shows('How many entries are newer than the checkpoint, and not yet provable.', { ...WHOLE, example: 12 })
  newer: number;
  @ShowsOrNull('Why nothing is signed.', LogFaultView) fault: LogFaultView | null;
  @ShowsOrNull('How far publishing as files is; null where they are published here alone.', PublicationView)
  publication: PublicationView | null;
}
