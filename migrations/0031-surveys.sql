-- What trusts say that they have adopted, and what stands in their way, asked in waves; and what earlier surveys published.

create table survey_question (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  code text not null,
  version integer not null constraint survey_question_number check (version > 0),
  kind text not null constraint survey_question_kind check (kind in ('adoption', 'barriers')),
  wording text not null,
  -- Who is asked, in words: what percentages are of.
  base text not null,
  -- Of barriers: what may be ranked, [{code, label}].
  options jsonb,
  -- The measure that says the same of what is adopted.
  measure_id uuid references measure,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint survey_question_once unique (programme_id, code, version),
  constraint survey_question_of_programme unique (programme_id, id),
  constraint survey_question_options check ((kind = 'barriers') = (options is not null)),
  constraint survey_question_measure check (measure_id is null or kind = 'adoption')
);
call guard('survey_question', 'programme');

create table survey_wave (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  code text not null,
  name text not null,
  kind text not null constraint survey_wave_kind check (kind in ('programme', 'historical')),
  -- Of a wave of the programme: its first and last day. Of a historical one: when it was held, in words.
  opens_on date,
  closes_on date,
  held text,
  -- What a reader must know of it, such as that its figures do not fit together.
  note text,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint survey_wave_once unique (programme_id, code),
  constraint survey_wave_of_programme unique (programme_id, id),
  constraint survey_wave_days check ((kind = 'programme') = (num_nulls(opens_on, closes_on) = 0)
    and (kind = 'historical') = (held is not null) and (opens_on is null or opens_on <= closes_on))
);
call guard('survey_wave', 'programme');

create table survey_wave_question (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  wave_id uuid not null,
  question_id uuid not null,
  position integer not null,
  revision integer not null default 1,
  constraint survey_wave_question_wave foreign key (programme_id, wave_id) references survey_wave (programme_id, id),
  constraint survey_wave_question_question foreign key (programme_id, question_id)
    references survey_question (programme_id, id),
  constraint survey_wave_question_once unique (wave_id, question_id)
);
call guard('survey_wave_question', 'programme');

-- What somebody published of a historical wave, as it was published: a percentage is a claim of its source, and a
-- numerator is null where nobody said it.
create table survey_figure (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  wave_id uuid not null,
  question_id uuid not null,
  position integer not null,
  statement text not null,
  claimed_percent integer constraint survey_figure_claim check (claimed_percent between 0 and 100),
  numerator integer constraint survey_figure_numerator check (numerator >= 0),
  denominator integer constraint survey_figure_denominator check (denominator > 0),
  base text not null,
  provenance jsonb not null,
  revision integer not null default 1,
  constraint survey_figure_wave foreign key (programme_id, wave_id) references survey_wave (programme_id, id),
  constraint survey_figure_question foreign key (wave_id, question_id)
    references survey_wave_question (wave_id, question_id),
  constraint survey_figure_once unique (wave_id, position)
);
call guard('survey_figure', 'programme');

-- What an organisation answers in a wave; a correction is a new version.
create table survey_sheet (
  id uuid primary key default uuidv7(),
  programme_id uuid not null references programme,
  trust_id uuid not null references organisation,
  wave_id uuid not null,
  version integer not null constraint survey_sheet_number check (version > 0),
  state text not null constraint survey_sheet_state check (state in ('draft', 'submitted', 'superseded')),
  -- The wave whose answers it was begun with.
  prefilled_from uuid references survey_wave,
  answered_by uuid[] not null,
  submitted_by uuid references person,
  submitted_at timestamptz,
  illustrative boolean not null default false,
  revision integer not null default 1,
  constraint survey_sheet_wave foreign key (programme_id, wave_id) references survey_wave (programme_id, id),
  constraint survey_sheet_of_trust unique (trust_id, id),
  constraint survey_sheet_once unique (wave_id, trust_id, version),
  constraint survey_sheet_submitted check ((state = 'draft') = (submitted_by is null)
    and (submitted_by is null) = (submitted_at is null))
);
create unique index survey_sheet_draft on survey_sheet (wave_id, trust_id) where state = 'draft';
create unique index survey_sheet_standing on survey_sheet (wave_id, trust_id) where state = 'submitted';
create index survey_sheet_by_trust on survey_sheet (trust_id, programme_id, wave_id);
call guard('survey_sheet', 'trust');

create table survey_answer (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  sheet_id uuid not null,
  question_id uuid not null references survey_question,
  status text not null constraint survey_answer_status check (status in ('none', 'planned', 'pilot', 'live', 'retired')),
  -- What shows it: in words, or something of the record, or both.
  evidence text,
  product_id uuid references product,
  milestone_id uuid references milestone,
  measure_id uuid references measure,
  constraint survey_answer_sheet foreign key (trust_id, sheet_id) references survey_sheet (trust_id, id),
  constraint survey_answer_once unique (sheet_id, question_id),
  constraint survey_answer_one_link check (num_nonnulls(product_id, milestone_id, measure_id) <= 1)
);
call guard('survey_answer', 'trust');
grant delete on survey_answer to exemplar_app;

create table survey_barrier (
  id uuid primary key default uuidv7(),
  trust_id uuid not null,
  sheet_id uuid not null,
  question_id uuid not null references survey_question,
  barrier text not null,
  rank integer not null constraint survey_barrier_rank check (rank >= 1),
  constraint survey_barrier_sheet foreign key (trust_id, sheet_id) references survey_sheet (trust_id, id),
  constraint survey_barrier_once unique (sheet_id, question_id, barrier),
  constraint survey_rank_once unique (sheet_id, question_id, rank)
);
call guard('survey_barrier', 'trust');
grant delete on survey_barrier to exemplar_app;

-- Refuses what is of a wave that is not open on the day as the programme counts.
create function refuse_unless_open(wave uuid) returns void language plpgsql as $$
begin
  if not exists (select from survey_wave w where w.id = wave
      and (moment() at time zone 'Europe/London')::date between w.opens_on and w.closes_on) then
    raise exception 'Answers in a wave never change but from its first day to its last'
      using errcode = 'check_violation', constraint = 'survey_wave_is_open';
  end if;
end $$;

create function submitted_sheet_is_fixed() returns trigger language plpgsql as $$
begin
  perform refuse_unless_open(new.wave_id);
  if tg_op = 'INSERT' then return new; end if;
  if old.state <> 'draft' and not (old.state = 'submitted' and new.state = 'superseded')
      or (old.wave_id, old.trust_id, old.version) is distinct from (new.wave_id, new.trust_id, new.version) then
    raise exception 'A submitted answer sheet never changes'
      using errcode = 'check_violation', constraint = 'submitted_sheet_is_fixed';
  end if;
  if new.state = 'submitted' then
    if exists (select from survey_barrier b where b.sheet_id = new.id
        group by b.question_id having max(b.rank) <> count(*)) then
      raise exception 'Barriers are ranked from 1 on, without a gap'
        using errcode = 'check_violation', constraint = 'survey_ranks_without_gaps';
    elsif exists (select from survey_answer a where a.sheet_id = new.id and a.status in ('pilot', 'live')
        and a.evidence is null and num_nonnulls(a.product_id, a.milestone_id, a.measure_id) = 0) then
      raise exception 'A pilot and what is live name what shows it'
        using errcode = 'check_violation', constraint = 'survey_answer_is_evidenced';
    elsif exists (select from survey_wave_question w join survey_question q on q.id = w.question_id
        where w.wave_id = new.wave_id and q.kind = 'adoption' and not exists (select from survey_answer a
          where a.sheet_id = new.id and a.question_id = w.question_id)) then
      raise exception 'A sheet is submitted whole'
        using errcode = 'check_violation', constraint = 'survey_sheet_is_whole';
    end if;
  end if;
  return new;
end $$;
create trigger sheet_of_open_wave before insert on survey_sheet
  for each row execute function submitted_sheet_is_fixed();
create trigger submitted_sheet_is_fixed before update on survey_sheet
  for each row when (old is distinct from new) execute function submitted_sheet_is_fixed();

create function submitted_answer_is_fixed() returns trigger language plpgsql as $$
declare
  sheet survey_sheet;
begin
  select * into sheet from survey_sheet s where s.id = (case when tg_op = 'DELETE' then old.sheet_id else new.sheet_id end);
  if sheet.state <> 'draft' then
    raise exception 'The answers of a submitted sheet never change; a correction is a new version'
      using errcode = 'check_violation', constraint = 'submitted_sheet_is_fixed';
  end if;
  perform refuse_unless_open(sheet.wave_id);
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger answer_of_open_sheet before insert or delete on survey_answer
  for each row execute function submitted_answer_is_fixed();
create trigger submitted_answer_is_fixed before update on survey_answer
  for each row when (old is distinct from new) execute function submitted_answer_is_fixed();
create trigger barrier_of_open_sheet before insert or delete on survey_barrier
  for each row execute function submitted_answer_is_fixed();
create trigger submitted_barrier_is_fixed before update on survey_barrier
  for each row when (old is distinct from new) execute function submitted_answer_is_fixed();

-- A wave that closed stays closed, and what is asked in one never changes once somebody has begun to answer.
create function survey_wave_is_fixed() returns trigger language plpgsql as $$
begin
  if tg_table_name = 'survey_wave' then
    if old.closes_on < (moment() at time zone 'Europe/London')::date and (old.opens_on, old.closes_on)
        is distinct from (new.opens_on, new.closes_on) then
      raise exception 'A wave that closed stays closed'
        using errcode = 'check_violation', constraint = 'survey_wave_stays_closed';
    end if;
  elsif exists (select from survey_sheet s where s.wave_id = new.wave_id) then
    raise exception 'What a wave asks never changes under its answers'
      using errcode = 'check_violation', constraint = 'survey_wave_is_asked';
  end if;
  return new;
end $$;
create trigger survey_wave_is_fixed before update on survey_wave for each row execute function survey_wave_is_fixed();
create trigger survey_wave_question_is_fixed before insert or update of wave_id, question_id on survey_wave_question
  for each row execute function survey_wave_is_fixed();
