-- Emptying a sandbox looks for its lineages among all.
CREATE INDEX "lineage_sandbox" ON "lineage" ("id") WHERE "sandbox";
