-- Recovery codes are kept like passwords now (argon2id). What was kept otherwise cannot be turned into that: whoever had
-- such codes is shown that none are left, and makes new ones.
delete from recovery_code where hash not like '$argon2id$%';

-- When somebody last said who they are in this session; null = when it began.
alter table operator_session add column proved_at timestamptz(3);
