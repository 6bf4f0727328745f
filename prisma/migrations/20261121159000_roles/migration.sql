-- Who may do what: a set of roles for each person, districts for supervisors, programmes for source systems.

alter table operator
  add column roles text[] default array[]::text[],
  add column district text;
-- Whoever has a right today goes on having it: administrators could do everything.
update operator set roles = case when administrator then '{operator,supervisor,auditor,administrator}' else '{operator}' end::text[];
alter table operator
  drop column administrator,
  add check (roles is not null and cardinality(roles) > 0 and roles <@ '{operator,supervisor,auditor,administrator}'::text[]),
  -- What reaches further than one facility belongs to the role, and goes with it.
  add check (district is null or 'supervisor' = any(roles));

alter table facility add column district text;
create index facility_district_idx on facility (district);

alter table api_client
  add column district text,
  add column programs text[] default array[]::text[];
