-- without a transaction
-- What is held up, and what the broker will never take: few rows of tables that are large.
create index concurrently transaction_held on "transaction" (next_attempt_at, id) where state = 'pending' and last_error is not null;
create index concurrently outbox_put_aside on outbox (id) where failure is not null;
