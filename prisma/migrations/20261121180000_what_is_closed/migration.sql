-- without a transaction
-- The list of a day has the reports that were closed on it; without this all that ever were are read.
create index concurrently holder_report_closed_at_idx on holder_report (closed_at);
-- What other facilities opened and nobody has said a word to: few of all that were ever opened.
create index concurrently opening_record_undecided on opening_record (opening_id, lineage_id) where verdict is null;
