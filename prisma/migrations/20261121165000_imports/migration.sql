-- Registries that were taken over: each export once, and the numbers that count no more whose certificates did not come along.

CREATE TABLE "import" (
    "id" UUID NOT NULL,
    "digest" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "counts" JSONB,

    CONSTRAINT "import_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "import_finished_check" CHECK (("finished_at" IS NULL) = ("counts" IS NULL))
);
CREATE UNIQUE INDEX "import_digest_key" ON "import"("digest");

CREATE TABLE "imported_revocation" (
    "certificate_id" TEXT NOT NULL,
    "import_id" UUID NOT NULL,
    "successor_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "imported_revocation_pkey" PRIMARY KEY ("certificate_id"),
    CONSTRAINT "imported_revocation_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE RESTRICT ON UPDATE NO ACTION
);
