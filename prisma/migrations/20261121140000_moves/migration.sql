-- A placeholder goes when its move is issued: whether anything refers to it is looked up in these tables too.
CREATE INDEX "recent_item_lineage_id_idx" ON "recent_item"("lineage_id");
CREATE INDEX "print_run_lineage_id_idx" ON "print_run"("lineage_id");
