-- Whom a certificate is about is answered for value by value: a correction of the phone number says nothing of the name.
-- Corrections of before answer for both, as they did.
alter table transaction add column vouched_name boolean not null default true;
alter table transaction add column vouched_birth boolean not null default true;
update transaction set vouched_name = false, vouched_birth = false where not vouched;
alter table transaction drop column vouched;
