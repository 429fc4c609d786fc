-- What a check of the ledger added up of postings and balances, by source and stage: what was posted is added up once a
-- night, and not whenever somebody asks. Null: checked before this was kept.
alter table ledger_check add column stages jsonb;
call keep_past_of('ledger_check');

-- Match that counts or waits to, in the order in which it was recorded, for whoever looks for concerns.
create index contribution_that_counts on contribution (programme_id, id) where state in ('evidenced', 'accepted');

-- Journals that move what was agreed, or take such a move back: few among all.
create index journal_that_moves on journal (id) where kind in ('reallocate', 'lapse', 'withdraw', 'novate', 'reverse');
