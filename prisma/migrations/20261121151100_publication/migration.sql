-- What of the status entries is published: each has its own mark (ids are not the order of commits), and its number in the revocation list.
ALTER TABLE "status_entry" ADD COLUMN "listed_at" TIMESTAMPTZ(3),
ADD COLUMN "position" INTEGER;
CREATE UNIQUE INDEX "status_entry_position_key" ON "status_entry"("position");
CREATE INDEX "status_entry_unlisted" ON "status_entry" ("id") WHERE "listed_at" IS NULL;

-- A status list is made from those of its certificates that do not count.
CREATE INDEX "certificate_not_current" ON "certificate" ("status_list_id", "status_index") WHERE "state" <> 'current';
ALTER TABLE "status_list_credential" DROP COLUMN "entry_id";

-- The revocation list grows by pages; a full one never changes again.
DROP TABLE "revocation_list";
CREATE TABLE "revocation_page" (
    "page" INTEGER NOT NULL,
    "serial" INTEGER NOT NULL,
    "entries" INTEGER NOT NULL,
    "signed" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "next_update" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revocation_page_pkey" PRIMARY KEY ("page")
);

-- Checks of a sample: one a night, and those that somebody asks for.
ALTER TABLE "sample_check" ADD COLUMN "night" DATE,
ADD COLUMN "requested_by_name" TEXT,
ADD COLUMN "size" INTEGER NOT NULL,
ADD COLUMN "lease_until" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "sample_check_night_key" ON "sample_check"("night");
CREATE UNIQUE INDEX "sample_check_unfinished" ON "sample_check" (("finished_at" IS NULL)) WHERE "finished_at" IS NULL;
