-- Context documents that source systems of DIVOC 3.0 sent for their schemas: what a certificate type takes of one is its own.

CREATE TABLE "json_ld_context" (
    "id" UUID NOT NULL,
    "document" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "json_ld_context_pkey" PRIMARY KEY ("id")
);
