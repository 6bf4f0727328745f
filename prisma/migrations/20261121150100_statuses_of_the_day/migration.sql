-- The list of a day looks for what was cancelled, suspended and made valid again.
CREATE INDEX "status_entry_stopped" ON "status_entry" ("at") WHERE "state" <> 'superseded';
