-- Which waiting transactions are rows of a file: those can wait until whoever stands at a desk is done.

create index bulk_row_transaction on bulk_row (transaction_id) where transaction_id is not null;
