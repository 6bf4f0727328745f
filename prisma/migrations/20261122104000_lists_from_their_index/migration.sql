-- without a transaction
-- A status list is made from the index alone: its certificates lie all over a table that is larger than memory.
create index concurrently certificate_not_current_said on certificate (status_list_id, status_index)
  include (state, suspended_until, certificate_id) where state <> 'current';
drop index concurrently if exists certificate_not_current;
