-- How much was issued, by hour and facility: written with the certificates, so that nobody counts those to know it. Workers
-- only ever add rows (none waits for another); one of them puts the rows of an hour together from time to time.
create table issue_tally (
  id bigserial primary key,
  hour timestamptz(3) not null,
  facility_code text not null,
  issued integer not null check (issued > 0)
);
create index issue_tally_hour_idx on issue_tally (hour);
