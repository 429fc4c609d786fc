-- live: match that counts or waits to, in the order in which it was recorded, for whoever looks for concerns
drop index concurrently if exists contribution_that_counts;
-- next
create index concurrently contribution_that_counts on contribution (programme_id, id)
  where state in ('evidenced', 'accepted');
