-- How many rows of a run are in which state stands on the run: a list of runs counts none of them. A trigger keeps it, in the
-- statement that changes the rows, whoever changes them: it is right after every crash, and under two versions of the program.
-- Rows are removed with their run alone.

alter table bulk_run
  add column total integer not null default 0,
  add column unchecked integer not null default 0,
  add column ready integer not null default 0,
  add column unchanged integer not null default 0,
  add column waiting integer not null default 0,
  add column done integer not null default 0,
  add column requested integer not null default 0,
  add column refused integer not null default 0,
  add column needs_approval integer not null default 0;

create function bulk_count() returns trigger language plpgsql as $$
declare
  changed jsonb;
begin
  if tg_op = 'INSERT' then
    select jsonb_agg(g) into changed from (
      select run_id, state, reasons <> '{}' as approval, count(*) as n from came group by 1, 2, 3) g;
  else
    -- Most updates are leases, which change no count.
    select jsonb_agg(g) into changed from (
      select run_id, state, approval, sum(n) as n from (
        select run_id, state, reasons <> '{}' as approval, 1 as n from came
        union all select run_id, state, reasons <> '{}', -1 from gone) moved
      group by 1, 2, 3 having sum(n) <> 0) g;
  end if;
  if changed is null then
    return null;
  end if;
  update bulk_run r
  set total = r.total + d.total,
      unchecked = r.unchecked + d.unchecked,
      ready = r.ready + d.ready,
      unchanged = r.unchanged + d.unchanged,
      waiting = r.waiting + d.waiting,
      done = r.done + d.done,
      requested = r.requested + d.requested,
      refused = r.refused + d.refused,
      needs_approval = r.needs_approval + d.needs_approval
  from (
    select run_id, sum(n) as total,
           coalesce(sum(n) filter (where state = 'unchecked'), 0) as unchecked,
           coalesce(sum(n) filter (where state = 'ready'), 0) as ready,
           coalesce(sum(n) filter (where state = 'unchanged'), 0) as unchanged,
           coalesce(sum(n) filter (where state = 'waiting'), 0) as waiting,
           coalesce(sum(n) filter (where state = 'done'), 0) as done,
           coalesce(sum(n) filter (where state = 'requested'), 0) as requested,
           coalesce(sum(n) filter (where state = 'refused'), 0) as refused,
           coalesce(sum(n) filter (where state = 'ready' and approval), 0) as needs_approval
    from jsonb_to_recordset(changed) as g(run_id uuid, state text, approval boolean, n integer)
    group by run_id) d
  where r.id = d.run_id;
  return null;
end $$;

create trigger bulk_count_new after insert on bulk_row
  referencing new table as came for each statement execute function bulk_count();
create trigger bulk_count_changed after update on bulk_row
  referencing old table as gone new table as came for each statement execute function bulk_count();

update bulk_run r
set total = d.total, unchecked = d.unchecked, ready = d.ready, unchanged = d.unchanged, waiting = d.waiting, done = d.done, requested = d.requested, refused = d.refused, needs_approval = d.needs_approval
from (
  select run_id, count(*) as total,
         count(*) filter (where state = 'unchecked') as unchecked,
         count(*) filter (where state = 'ready') as ready,
         count(*) filter (where state = 'unchanged') as unchanged,
         count(*) filter (where state = 'waiting') as waiting,
         count(*) filter (where state = 'done') as done,
         count(*) filter (where state = 'requested') as requested,
         count(*) filter (where state = 'refused') as refused,
         count(*) filter (where state = 'ready' and reasons <> '{}') as needs_approval
  from bulk_row group by run_id) d
where r.id = d.run_id;
